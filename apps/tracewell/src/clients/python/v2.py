"""The Python SDK of the batch generation, unmodified: writes, reads back through itself, prints what it read."""
import json
import logging
import sys
import time

from langfuse import Langfuse

logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
langfuse = Langfuse()
assert langfuse.auth_check()

trace = langfuse.trace(
    name="support", user_id="ada", session_id="s-py2", tags=["b", "a"], input={"q": 1}, metadata={"shop": "7"}
)
span = trace.span(name="retrieve", input={"query": "orders"})
generation = span.generation(
    name="chat", model="gpt-4o", input=[{"role": "user", "content": "hi"}], model_parameters={"temperature": 0.5}
)
generation.end(output={"role": "assistant", "content": "hello"}, usage={"input": 10, "output": 20})
span.end(output={"rows": 3})
trace.update(output={"a": 2})
langfuse.score(trace_id=trace.id, name="correct", value=1, data_type="BOOLEAN", comment="checked")
langfuse.flush()

langfuse.create_prompt(name="folder/greeting", prompt="Hello {{name}}", labels=["production"], config={"t": 1})
prompt = langfuse.get_prompt("folder/greeting")

langfuse.create_dataset(name="questions", description="of the desk")
langfuse.create_dataset_item(dataset_name="questions", input={"q": 1}, expected_output={"a": 2})
dataset = langfuse.get_dataset("questions")
for item in dataset.items:
    with item.observe(run_name="first run") as trace_id:
        pass
langfuse.flush()
run = langfuse.get_dataset_run("questions", "first run")

# The client logs a trace that is not there yet as an error, so it is looked for in the list.
for _ in range(600):
    if trace.id in [t.id for t in langfuse.fetch_traces(user_id="ada").data]:
        read = langfuse.fetch_trace(trace.id).data
        if len(read.observations) == 2 and read.scores and all(o.end_time for o in read.observations) and read.output:
            break
    time.sleep(0.1)

chat = next(o for o in read.observations if o.name == "chat")
print(
    json.dumps(
        {
            "trace": [read.name, read.user_id, read.session_id, sorted(read.tags), read.input, read.output],
            "metadata": read.metadata,
            "tree": {o.name: o.parent_observation_id == span.id for o in read.observations},
            "types": {o.name: o.type for o in read.observations},
            "chat": [chat.model, chat.input, chat.output, chat.usage.input, chat.usage.output, chat.usage.total],
            "hasCost": (chat.calculated_total_cost or 0) > 0,
            "scores": [[s.name, s.value, s.data_type, s.comment] for s in read.scores],
            "listed": trace.id in [t.id for t in langfuse.fetch_traces(user_id="ada").data],
            "session": "s-py2" in [s.id for s in langfuse.fetch_sessions().data],
            "prompt": [prompt.compile(name="Ada"), prompt.version, prompt.config, prompt.labels],
            "items": [[i.input, i.expected_output] for i in dataset.items],
            "run": [run.name, len(run.dataset_run_items)],
        }
    )
)
