"""How long papers take, beside what a user would take instead: `make bench`, which fills docs/benchmarks.md.

    papers         a sample paper → as many papers as asked for, as inputs
    content        a finished paper → its words, in order, as plain records
    word_template  those words → a Word template and what docxtpl fills it with
    markdown       those words → Markdown for pandoc
    preparing      all of these, before any clock runs
    contenders     each way to make papers, as commands
    peers          what their users' scripts would do; runs in the peers' own environment
    measuring      a command → how long it took, and the memory of its largest process
    validating     a document → what validators find wrong with it, and which words it lacks
    cases          what is measured, in which order
    figures        times → medians, spread and ratios
    surroundings   the machine and the versions
    page           all of it → tables

It uses reportgen; nothing of reportgen uses it.
"""
