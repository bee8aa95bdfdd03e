"""Reads a trace back through the client that wrote it, and prints what a user would look at."""
import json
import logging
import sys
import time
from importlib.metadata import version

generation = int(version("langfuse").split(".")[0])
# Clients of several versions write to one instance: what one wrote is told from the rest by its user.
user = f"ada of {version('langfuse')}"
prompt_name = f"ask of {version('langfuse')}"
patience = 60  # seconds


def begin():
    """Warnings and errors of any package go to stderr, which the test wants empty."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")


def read_trace(langfuse, trace_id, count, has_output=True):
    """The trace once it has `count` observations that have ended.

    The batch generation sends an observation in pieces, and the output of the trace after all of them: a trace that
    gets one is waited for until it is there. The others send an observation whole.
    """
    deadline = time.monotonic() + patience
    read = None
    while time.monotonic() < deadline:
        # The clients log a trace that is not there yet as an error, so it is looked for in the list first.
        if trace_id in [trace.id for trace in list_traces(langfuse)]:
            read = langfuse.fetch_trace(trace_id).data if generation == 2 else langfuse.api.trace.get(trace_id)
            is_whole = generation > 2 or not has_output or read.output is not None
            if is_whole and len(read.observations) == count and all(one.end_time for one in read.observations):
                return read
        time.sleep(0.1)
    names = read and [(one.name, one.type, str(one.end_time)) for one in read.observations]
    raise TimeoutError(f"the trace {trace_id} has not {count} ended observations but {names}")


def list_traces(langfuse):
    list_page = langfuse.fetch_traces if generation == 2 else langfuse.api.trace.list
    return list_page(user_id=user, limit=50).data


def find_trace(langfuse, name):
    """The id of the trace that an integration began on its own, by its name."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        for trace in list_traces(langfuse):
            if trace.name == name:
                return trace.id
        time.sleep(0.1)
    raise TimeoutError(f"no trace is named {name}")


def describe(read):
    """What a user sees of a trace. An observation goes by its name, the second of the same name by `name #2`."""
    parents = {one.id: one.parent_observation_id for one in read.observations}

    def depth(id):
        return 1 + depth(parents[id]) if id in parents else 0

    names = {}
    # The outer before the inner ones, as both may begin in the same millisecond.
    for one in sorted(read.observations, key=lambda it: (depth(it.id), it.start_time)):
        same = sum(1 for name in names.values() if name.split(" #")[0] == one.name)
        names[one.id] = one.name if same == 0 else f"{one.name} #{same + 1}"
    return {
        "name": read.name,
        "user": read.user_id,
        "session": read.session_id,
        "tags": sorted(read.tags or []),
        "metadata": read.metadata,
        "input": read.input,
        "output": read.output,
        "cost": read.total_cost,
        "observations": {names[one.id]: describe_observation(one, names) for one in read.observations},
    }


def describe_observation(one, names):
    return {
        "type": one.type,
        "parent": names.get(one.parent_observation_id, one.parent_observation_id),
        "input": one.input,
        "output": one.output,
        "model": one.model,
        "parameters": one.model_parameters,
        "usage": one.usage_details,
        "cost": one.calculated_total_cost,
        "prompt": [one.prompt_name, one.prompt_version],
        "level": one.level,
        "status": one.status_message,
        "metadata": one.metadata,
        "streamed": one.completion_start_time is not None,
    }


def finish(**answers):
    print(json.dumps(answers, default=str))
