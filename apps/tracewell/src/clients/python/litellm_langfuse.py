"""LiteLLM's Langfuse callback, which writes through the Langfuse SDK."""
import json
import logging
import sys
import uuid

import litellm
from litellm_calls import ask

logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
litellm.success_callback = ["langfuse"]
litellm.failure_callback = ["langfuse"]
traces = {}


def tell(name):
    traces[name] = uuid.uuid4().hex
    return {
        "trace_id": traces[name],
        "trace_name": name,
        "generation_name": f"ask {name}",
        "trace_user_id": "ada",
        "session_id": "s-litellm",
        "tags": ["b", "a"],
        "trace_metadata": {"shop": "7"},
    }


ask(tell)
print(json.dumps(traces))
