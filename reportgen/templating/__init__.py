"""Turn a paper and a house into a document.

render    paper, templates -> report markup     rendering
convert   an author's text -> nodes             prose
parse     report markup -> elements             markup
build     elements, texts -> document           builder
"""
