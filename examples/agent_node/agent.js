// An agent who takes every offer and answers it.
import grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { fileURLToPath } from "node:url";

const includeDirs = [fileURLToPath(new URL("../../protos", import.meta.url))];
const files = ["hub120/routing/v1/routing_service.proto", "hub120/intake/v1/intake_service.proto"];
const { hub120 } = grpc.loadPackageDefinition(loadSync(files, { includeDirs, enums: String }));
const connection = [process.env.HUB120_GRPC_ADDRESS ?? "127.0.0.1:8121", grpc.credentials.createInsecure()];
const me = grpc.Metadata.fromHttp2Headers({ authorization: `Bearer ${process.env.HUB120_TOKEN}` });
const ask = (stub, method, request) =>
  new Promise((done, failed) => stub[method](request, me, (error, answer) => (error ? failed(error) : done(answer))));

const desk = new hub120.routing.v1.RoutingService(...connection);
const cases = new hub120.intake.v1.IntakeService(...connection);
await ask(desk, "SetPresence", { presence: "PRESENCE_READY" });
for await (const told of desk.WatchDesk({}, me)) {
  for (const offer of [...(told.desk?.offers ?? []), told.offer]) {
    if (offer?.state !== "OFFER_STATE_PENDING") continue;
    const { workItem } = await ask(desk, "AcceptOffer", { offerId: offer.id });
    await ask(cases, "ReplyToCase", { caseId: workItem.caseId, text: "곧 확인하겠습니다.", requestId: workItem.id });
    await ask(desk, "FinishWork", { workItemId: workItem.id });
  }
}
