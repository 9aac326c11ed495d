package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Devices with an update pending: their polls, the deployment document, and their feedback. */
final class UpdateCases {

    private static final int DEVICES = 1_000;
    private static final String PROCEEDING = """
            {"status":{"execution":"proceeding","result":{"finished":"none","progress":{"cnt":2,"of":5}},"details":["Writing rootfs to slot B"]}}""";

    private UpdateCases() {}

    static List<Row> deployment(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = pending(settings)) {
            List<byte[]> polls = new ArrayList<>();
            List<byte[]> documents = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                polls.add(Requests.get(Target.controller(i), target.gateway()));
                documents.add(
                        Requests.get(Target.controller(i) + "/deploymentBase/" + action(target, i), target.gateway()));
            }
            Row poll = target.measure("poll, update pending, 1000 devices", 32, Requests.inTurn(polls));
            Row document = target.measure("deploymentBase, 1000 devices", 32, Requests.inTurn(documents));
            return List.of(
                    poll.promised(
                            "≥ 10 000/s, p99 ≤ 60 ms, ≤ 100 µs",
                            PollCase.perSecond(poll) >= 10_000
                                    && PollCase.p99(poll) <= 60_000
                                    && PollCase.cpu(poll) <= 100),
                    document.promised("≥ 6 000/s", PollCase.perSecond(document) >= 6_000));
        }
    }

    static List<Row> feedback(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = pending(settings)) {
            List<byte[]> feedback = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                feedback.add(Requests.post(
                        Target.controller(i) + "/deploymentBase/" + action(target, i) + "/feedback",
                        target.gateway(),
                        PROCEEDING));
            }
            Row row = target.measure("feedback, durable, 64 in flight", 64, Requests.inTurn(feedback));
            return List.of(row.promised("≥ 8 000/s with fsync", PollCase.perSecond(row) >= 8_000));
        }
    }

    /** A server whose thousand devices all have an action. */
    private static Target pending(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        Target target = Target.start(settings);
        try {
            target.create(DEVICES);
            target.introduce(DEVICES);
            target.offerAll(target.plannedRollout());
            return target;
        } catch (IOException | InterruptedException | WireFault | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    private static int action(Target target, int device) throws WireFault, InterruptedException {
        JsonNode view = target.operator().get("/api/v1/devices/" + Target.device(device));
        return view.path("action").asInt();
    }
}
