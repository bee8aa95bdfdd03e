"""The Python SDKs on OpenTelemetry (the third and the fourth generation), unmodified."""
import json
import logging
import sys
import time
from importlib.metadata import version

from langfuse import Langfuse

logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
langfuse = Langfuse()
assert langfuse.auth_check()
is_fourth = int(version("langfuse").split(".")[0]) >= 4

if is_fourth:
    from langfuse import propagate_attributes

    with langfuse.start_as_current_observation(name="support", as_type="agent", input={"q": 1}) as root:
        with propagate_attributes(user_id="ada", session_id="s-py", tags=["b", "a"], metadata={"shop": "7"}):
            with langfuse.start_as_current_observation(
                name="chat",
                as_type="generation",
                model="gpt-4o",
                input=[{"role": "user", "content": "hi"}],
                model_parameters={"temperature": 0.5},
            ) as generation:
                generation.update(
                    output={"role": "assistant", "content": "hello"}, usage_details={"input": 10, "output": 20}
                )
        root.update(output={"a": 2})
else:
    with langfuse.start_as_current_span(name="support", input={"q": 1}) as root:
        root.update_trace(user_id="ada", session_id="s-py", tags=["b", "a"], metadata={"shop": "7"})
        with langfuse.start_as_current_observation(
            name="chat",
            as_type="generation",
            model="gpt-4o",
            input=[{"role": "user", "content": "hi"}],
            model_parameters={"temperature": 0.5},
        ) as generation:
            generation.update(
                output={"role": "assistant", "content": "hello"}, usage_details={"input": 10, "output": 20}
            )
        root.update(output={"a": 2})
trace_id = root.trace_id
langfuse.create_score(trace_id=trace_id, name="correct", value=1, data_type="BOOLEAN", comment="checked")
langfuse.flush()

langfuse.create_prompt(name="folder/greeting", prompt="Hello {{name}}", labels=["production"], config={"t": 1})
prompt = langfuse.get_prompt("folder/greeting")
langfuse.create_prompt(
    name="chat-greeting",
    type="chat",
    prompt=[{"role": "system", "content": "You are {{who}}"}, {"type": "placeholder", "name": "history"}],
    labels=["production"],
)
chat_prompt = langfuse.get_prompt("chat-greeting", type="chat")

langfuse.create_dataset(name="questions", description="of the desk")
langfuse.create_dataset_item(dataset_name="questions", input={"q": 1}, expected_output={"a": 2})
dataset = langfuse.get_dataset("questions")
result = dataset.run_experiment(name="first", run_name="first run", task=lambda *, item, **_: {"a": item.input["q"] + 1})
langfuse.flush()
run = langfuse.api.datasets.get_run(dataset_name="questions", run_name="first run")

def read_trace():
    for _ in range(200):
        try:
            read = langfuse.api.trace.get(trace_id)
            if len(read.observations) == 2 and read.scores:
                return read
        except Exception as error:  # not found yet
            if "404" not in str(error) and "not found" not in str(error).lower():
                raise
        time.sleep(0.1)
    raise TimeoutError("the trace was not found")


read = read_trace()
chat = next(o for o in read.observations if o.name == "chat")
print(
    json.dumps(
        {
            "trace": [read.name, read.user_id, read.session_id, sorted(read.tags), read.input, read.output],
            "shop": read.metadata.get("shop"),
            "isChild": chat.parent_observation_id == root.id,
            "types": {o.name: o.type for o in read.observations},
            "chat": [chat.model, chat.input, chat.output, chat.usage_details],
            "hasCost": (chat.calculated_total_cost or 0) > 0,
            "scores": [[s.name, s.value, s.data_type, s.comment] for s in read.scores],
            "listed": trace_id in [t.id for t in langfuse.api.trace.list(user_id="ada").data],
            "session": "s-py" in [s.id for s in langfuse.api.sessions.list().data],
            "prompt": [prompt.compile(name="Ada"), prompt.version, prompt.config, prompt.labels],
            "chatPrompt": chat_prompt.compile(who="Ada", history=[{"role": "user", "content": "hi"}]),
            "items": [[i.input, i.expected_output] for i in dataset.items],
            "results": [r.output for r in result.item_results],
            "run": [run.name, len(run.dataset_run_items)],
        }
    )
)
