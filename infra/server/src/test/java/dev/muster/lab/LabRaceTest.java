package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import dev.muster.identity.TokenCommand.CreateToken;
import dev.muster.identity.UserCommand.CreateUser;
import dev.muster.identity.UserId;
import dev.muster.kernel.Commands;
import dev.muster.kernel.History;
import dev.muster.kernel.Ids;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.LabWorld.Answer;
import dev.muster.lab.LabWorld.Person;
import dev.muster.lab.query.BoardIndex;
import dev.muster.lab.query.LabReadSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

/** Contract §11.3: a hundred people want one of five boards at the same moment, ten times over. */
class LabRaceTest {

    private static final int PEOPLE = 100;
    private static final int BOARDS = 5;
    private static final int ROUNDS = 10;
    private static final Map<String, String> TEST = Map.of("actor", "system:test");

    private LabWorld world;
    private List<Person> people;
    /** Who has a board, as those say who have it. */
    private final Map<String, String> holders = new ConcurrentHashMap<>();

    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @BeforeEach
    void start() {
        world = LabWorld.start(LabWorld.boards("cora", BOARDS));
        people = people(world.server.bean(Commands.class));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** Their accounts have no passwords, which would take longer than the races. */
    private static List<Person> people(Commands commands) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            UserId user = new UserId(UUID.randomUUID());
            UUID tokenId = UUID.randomUUID();
            String token = "mst_" + Ids.secret();
            commands.send(new CreateUser(user, Set.of(Role.LAB_USER)), TEST).join();
            commands.send(
                            new CreateToken(
                                    tokenId,
                                    user,
                                    "race",
                                    "race",
                                    Ids.digest(token),
                                    Set.of(Permission.LAB_READ, Permission.LAB_USE),
                                    Instant.now().plus(Duration.ofHours(1))),
                            TEST)
                    .join();
            people.add(new Person("racer-" + i, "user:" + user, token, tokenId.toString()));
        }
        return people;
    }

    @Test
    @Timeout(120)
    void noBoardEverHasTwoHoldersAndAllEndFreeAndOff() throws Exception {
        try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                List<Future<?>> all = new ArrayList<>();
                for (Person person : people) {
                    all.add(runners.submit(() -> wantsOne(person)));
                }
                for (Future<?> each : all) {
                    each.get();
                }
                for (int board = 1; board <= BOARDS; board++) {
                    freeAndOff(board);
                }
            }
        }
        assertThat(served.get() + refused.get()).isEqualTo(PEOPLE * ROUNDS);
        assertThat(served.get()).as("each round has winners").isGreaterThanOrEqualTo(BOARDS * ROUNDS);
        List<Recorded> history = history();
        assertThat(oneHolderAtATime(history)).isEqualTo(served.get());
        assertThat(replayed(history))
                .as("the log, read again, says what the server says")
                .isEqualTo(List.copyOf(world.server.bean(Boards.class).all()));
        everyReservationIsInTheAuditTrailUnderItsHolder(history);
    }

    private void wantsOne(Person person) {
        Answer answer = world.bitelab("POST", "/board/cora/reserve", Map.of("power", "on"), person);
        if (answer.status() == 409) {
            assertThat(answer.code()).isEqualTo("none-free");
            refused.incrementAndGet();
            return;
        }
        String board = answer.expect(200).json().path("name").asString();
        assertThat(answer.json().path("attrs").path("power").asBoolean()).isTrue();
        assertThat(holders.putIfAbsent(board, person.name()))
                .as("who had %s already", board)
                .isNull();
        served.incrementAndGet();
        assertThat(world.bitelab("POST", "/board/" + board + "/release", null, others(person))
                        .status())
                .as("nobody else can give it back")
                .isEqualTo(403);
        holders.remove(board);
        world.bitelab("POST", "/board/" + board + "/release", null, person).expect(200);
    }

    private Person others(Person person) {
        return people.get((people.indexOf(person) + 1) % PEOPLE);
    }

    private void freeAndOff(int number) {
        var board = world.board("cora-" + number);
        assertThat(board.path("state").asString()).isEqualTo("free");
        assertThat(board.path("attrs").path("power").asBoolean(true)).isFalse();
        assertThat(world.fakes().power("pdu", String.valueOf(number))).isEqualTo(Power.OFF);
    }

    private List<Recorded> history() {
        long newest = world.server.bean(Positions.class).committed();
        return world.server
                .bean(History.class)
                .before(newest + 1, Math.toIntExact(newest + 1))
                .reversed();
    }

    /** Answers how many reservations were handed over. */
    private static int oneHolderAtATime(List<Recorded> history) {
        Map<BoardName, ReservationId> held = new HashMap<>();
        int handedOver = 0;
        for (Recorded recorded : history) {
            switch (recorded.event()) {
                case BoardReserved e ->
                    assertThat(held.put(e.board(), e.reservation().id()))
                            .as("%s at %d", e.board(), recorded.position())
                            .isNull();
                case BoardHandedOver e -> {
                    assertThat(held.get(e.board())).isEqualTo(e.reservation());
                    handedOver++;
                }
                case BoardFreed e -> held.remove(e.board());
                default -> {}
            }
        }
        assertThat(held).isEmpty();
        return handedOver;
    }

    private static List<Board> replayed(List<Recorded> history) {
        BoardIndex again = new BoardIndex(Schedulers.immediate(), LabReadSettings.DEFAULTS);
        history.forEach(again::apply);
        return List.copyOf(again.all());
    }

    private void everyReservationIsInTheAuditTrailUnderItsHolder(List<Recorded> history) {
        for (Recorded recorded : history) {
            if (recorded.event() instanceof BoardReserved e) {
                assertThat(String.valueOf(recorded.metadata().get("actor"))).startsWith("token:");
                Person holder = people.stream()
                        .filter(it -> it.id().equals(e.reservation().holder()))
                        .findFirst()
                        .orElseThrow();
                assertThat(recorded.metadata()).containsEntry("actor", "token:" + holder.tokenId());
            }
        }
    }
}
