"""Many papers: what was asked for → tasks → files, made by several processes, and only what is not up to date.

    finding     targets → tasks
    naming      a task → where its paper goes
    orders      what is asked of whoever makes a paper, and what comes back
    making      an order → a result, a pure function of the bytes of its files
    hands       who makes them: this process, a pool of workers (`pool`, `worker`), a cluster (`cluster`)
    writing     bytes → files, whole or not at all; the lock of an output folder
    record      what an output folder was made from, from one run to the next; its manifest
    conditions  versions and fonts, on which a paper depends beside its files
    building    all of it, in order

Nothing is imported here: a run that finds everything up to date must not wait for the libraries that make papers.
"""
