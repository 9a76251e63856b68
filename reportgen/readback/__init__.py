"""What officers entered in a Word file of reportgen's, and what they changed in it.

`reader` reads the file and its form fields; `comparison` compares its words with those that it was written with.
"""
