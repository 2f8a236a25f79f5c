"""The parts of the translator's training: data, network, loop, export, evaluation."""
