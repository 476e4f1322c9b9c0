"""Runs a notebook with nbclient, which interrupts the cells that are endless loops.

    nbclient_timeout.py NOTEBOOK

Run by nbclient.rs. The notebook is written back with its outputs.
"""

import sys

import nbclient
import nbformat


def timeout_s(cell):
    # No limit for the others: on a busy machine each may take its time.
    return 1 if "loop" in cell.source else None


path = sys.argv[1]
notebook = nbformat.read(path, as_version=4)
nbclient.NotebookClient(
    notebook, timeout_func=timeout_s, interrupt_on_timeout=True, allow_errors=True
).execute()
nbformat.write(notebook, path)
