"""splitters"""
