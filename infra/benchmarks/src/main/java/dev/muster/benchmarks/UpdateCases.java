package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Devices with an update pending: their polls, the deployment document, and their feedback. */
final class UpdateCases {

    private static final int DEVICES = 1_000;
    /** So many that an action gets no more feedback in a warm-up than from a chatty device in the field. */
    private static final int REPORTING = 5_000;

    private static final String PROCEEDING = """
            {"status":{"execution":"proceeding","result":{"finished":"none","progress":{"cnt":2,"of":5}},"details":["Writing rootfs to slot B"]}}""";

    private UpdateCases() {}

    static List<Row> deployment(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = pending(settings, DEVICES)) {
            List<Integer> actions = target.actions(DEVICES);
            List<byte[]> polls = new ArrayList<>();
            List<byte[]> documents = new ArrayList<>();
            for (int i = 0; i < DEVICES; i++) {
                polls.add(Requests.get(Target.controller(i), target.gateway()));
                documents.add(
                        Requests.get(Target.controller(i) + "/deploymentBase/" + actions.get(i), target.gateway()));
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
        try (Target target = pending(settings, REPORTING)) {
            List<Integer> actions = target.actions(REPORTING);
            List<byte[]> feedback = new ArrayList<>();
            for (int i = 0; i < REPORTING; i++) {
                feedback.add(Requests.post(
                        Target.controller(i) + "/deploymentBase/" + actions.get(i) + "/feedback",
                        target.gateway(),
                        PROCEEDING));
            }
            Row row = target.measure("feedback, durable, 64 in flight", 64, Requests.inTurn(feedback));
            return List.of(row.promised("≥ 8 000/s with fsync", PollCase.perSecond(row) >= 8_000));
        }
    }

    /** A server whose devices all have an action. */
    private static Target pending(BenchSettings settings, int devices)
            throws IOException, InterruptedException, WireFault {
        Target target = Target.start(settings);
        try {
            target.create(devices);
            target.introduce(devices);
            target.offerAll(target.plannedRollout());
            return target;
        } catch (IOException | InterruptedException | WireFault | RuntimeException e) {
            target.close();
            throw e;
        }
    }
}
