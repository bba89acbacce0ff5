"""A supervisor's task, once for each agent: write down who they are. ``python enrol.py kim ko en``"""

import os
import sys

import grpc
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work
from hub120.routing.v1.routing_service_pb2_grpc import RoutingServiceStub

name, *languages = sys.argv[1:]
channel = grpc.insecure_channel(os.environ.get("HUB120_GRPC_ADDRESS", "127.0.0.1:8121"))
supervisor = [("authorization", "Bearer " + os.environ["HUB120_TOKEN"])]
agent = work.Agent(id=name, languages=languages or ["ko"], capacity=75)
put = RoutingServiceStub(channel).PutAgent(routing.PutAgentRequest(agent=agent), metadata=supervisor)
print(f"{put.agent.id} speaks {', '.join(put.agent.languages)} and has a capacity of {put.agent.capacity}")
