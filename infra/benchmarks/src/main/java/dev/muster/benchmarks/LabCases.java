package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The board lab: boards on a pretended switch are lent with the power on and given back, durable at each step. */
final class LabCases {

    private static final int BOARDS = 10;
    private static final int PAIRS_PER_SECOND = 500;

    private LabCases() {}

    static List<Row> lab(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings)) {
            target.all(List.of(Requests.putText("/api/v1/lab/configuration", target.bearer(), configuration())));
            Row row = target.measure("reserve and release, 10 boards", BOARDS, new Lending(target.bearer()));
            return List.of(row.promised("≥ 500 pairs/s", PollCase.perSecond(row) >= PAIRS_PER_SECOND));
        }
    }

    private static String configuration() {
        StringBuilder text = new StringBuilder("classes { bench { arch = arm64-aarch64 } }\n");
        for (int i = 0; i < BOARDS; i++) {
            text.append(("boards { name = bench-%1$d, brdclass = bench, options = [ "
                            + "{ cls = snmppower, host = pdu, port = %1$d, profile = fake } ] }\n")
                    .formatted(i));
        }
        return text.toString();
    }

    /** Each operation takes a board that no other has, reserves it and gives it back. */
    private static final class Lending implements Operation {

        private final String bearer;
        private final Queue<String> free = new ArrayDeque<>();
        private final Map<Integer, String> reserving = new HashMap<>();
        private final Map<Integer, String> releasing = new HashMap<>();

        Lending(String bearer) {
            this.bearer = bearer;
            for (int i = 0; i < BOARDS; i++) {
                free.add("/bitelab/board/bench-" + i);
            }
        }

        @Override
        public byte @Nullable [] first(int number) {
            String board = free.poll();
            if (board == null) {
                return null;
            }
            reserving.put(number, board);
            return Requests.post(board + "/reserve", bearer, "{\"power\":\"on\"}");
        }

        @Override
        public byte @Nullable [] next(int number, Lane answer) {
            String reserved = reserving.remove(number);
            if (reserved != null && answer.status() == 200) {
                releasing.put(number, reserved);
                return Requests.post(reserved + "/release", bearer, "{}");
            }
            String released = releasing.remove(number);
            free.add(released != null ? released : Objects.requireNonNull(reserved));
            return null;
        }
    }
}
