"""The command line: one module a command group; nothing heavy is imported before it is needed."""
