"""A supervisor's task, once for a centre: write down who works when. ``python load.py gyeonggi.json``

The file holds teams, shifts, groups and agents as the contract writes them. Loaded again it changes nothing, and says
again who is on duty now and who comes next.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import grpc
from google.protobuf.json_format import ParseDict
from hub120.routing.v1 import rota_pb2 as records
from hub120.routing.v1 import rota_service_pb2 as rota
from hub120.routing.v1 import routing_service_pb2 as routing
from hub120.routing.v1 import work_pb2 as work
from hub120.routing.v1.rota_service_pb2_grpc import RotaServiceStub
from hub120.routing.v1.routing_service_pb2_grpc import RoutingServiceStub


def load(channel, metadata, sample):
    """Put everything: teams before their shifts, shifts before groups that rotate through them, agents at last."""
    plan, desk = RotaServiceStub(channel), RoutingServiceStub(channel)
    for team in sample["teams"]:
        plan.PutTeam(rota.PutTeamRequest(team=ParseDict(team, records.Team())), metadata=metadata)
    for shift in sample["shifts"]:
        plan.PutShift(rota.PutShiftRequest(shift=ParseDict(shift, records.Shift())), metadata=metadata)
    for group in sample["groups"]:
        plan.PutGroup(rota.PutGroupRequest(group=ParseDict(group, records.Group())), metadata=metadata)
    for one in sample["agents"]:
        agent = work.Agent(id=one["id"], languages=one["languages"], skills=one["skills"], capacity=75)
        desk.PutAgent(routing.PutAgentRequest(agent=agent), metadata=metadata)
        member = records.Membership(
            agent_id=one["id"], team_id=one["team_id"], group_id=one["group_id"], from_day=sample["from_day"]
        )
        plan.PutMembership(rota.PutMembershipRequest(membership=member), metadata=metadata)
    return plan


if __name__ == "__main__":
    hub = grpc.insecure_channel(os.environ.get("HUB120_GRPC_ADDRESS", "127.0.0.1:8121"))
    supervisor = [("authorization", "Bearer " + os.environ["HUB120_TOKEN"])]
    sample = json.loads(Path(sys.argv[1]).read_text())
    loaded = load(hub, supervisor, sample)
    counts = Counter(one["team_id"] for one in sample["agents"])
    print(*(f"{team}: {count} agents" for team, count in counts.items()), sep=", ")
    for team in loaded.WhoIsOn(rota.WhoIsOnRequest(), metadata=supervisor).teams:
        comes = f", {len(team.next)} from {team.next[0].start_time.ToJsonString()}" if team.next else ""
        print(f"{team.team_id}: {len(team.on)} on duty{comes}")
