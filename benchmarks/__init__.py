"""Benchmarks: reportgen beside docxtpl, pandoc, LibreOffice and Typst, on the same report."""
