"""smolagents through OpenInference: an agent with a tool."""
from exporting import begin, finish, start
from openinference.instrumentation.smolagents import SmolagentsInstrumentor
from smolagents import OpenAIServerModel, ToolCallingAgent, tool

provider = begin()
SmolagentsInstrumentor().instrument()


@tool
def final_answer(answer: str) -> str:
    """Ends the run.

    Args:
        answer: what the user is told
    """
    return answer


traces = {}
with start(traces, "run"):
    agent = ToolCallingAgent(tools=[final_answer], model=OpenAIServerModel(model_id="gpt-4o"), verbosity_level=0)
    agent.run("Where is Rome?")
finish(provider, smolagents=traces)
