"""Many papers: targets → papers in an output folder, built by several processes, and only what is not up to date.

    options      what was asked for on the command line
    discover     targets → papers, each read once
    names        where a paper goes
    freshness    why a paper must be built again; `environment`: versions and fonts
    executors    who builds: this process, a pool of workers, a `cluster`
    tasks        a task → its result, a pure function of the bytes of its files
    output       bytes → files, whole or not at all; backups; the lock of an output folder
    record       what papers were built from, from one run to the next; the manifest
    builder      all of it, in order
    status_page  the page that shows what was done

Nothing is imported here: a run that finds everything up to date must not wait for the libraries that build papers.
"""
