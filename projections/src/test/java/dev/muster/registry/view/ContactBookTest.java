package dev.muster.registry.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Recorded;
import dev.muster.overview.view.MongoInProcess;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContactBookTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final DeviceId DEV = new DeviceId("dev1");
    private static final ContactSettings SETTINGS =
            new ContactSettings(Duration.ofMillis(20), 100, 1000, Duration.ofSeconds(10));

    private final MongoInProcess mongo = MongoInProcess.inMemory();
    private ContactBook book = open(SETTINGS);

    private ContactBook open(ContactSettings settings) {
        ContactBook opened = new ContactBook(mongo.database(), settings);
        opened.start();
        return opened;
    }

    @AfterEach
    void stop() {
        book.close();
        mongo.close();
    }

    private static Recorded recorded(Object event, Instant at) {
        return new Recorded(0, "id", at, event, "device/dev1", 0, Map.of());
    }

    @Test
    void aPollIsKnownAtOnceAndStoredSoon() {
        book.heard(DEV, NOON);

        assertThat(book.lastHeard(DEV)).isEqualTo(NOON);
        await().until(() -> mongo.all("contacts").containsKey("dev1"));
    }

    @Test
    void anOlderWordDoesNotTurnTimeBack() {
        book.heard(DEV, NOON);
        book.heard(DEV, NOON.minusSeconds(5));

        assertThat(book.lastHeard(DEV)).isEqualTo(NOON);
    }

    @Test
    void aRestartRemembersEveryone() {
        IntStream.range(0, 350).forEach(i -> book.heard(new DeviceId("d" + i), NOON.plusMillis(i)));
        book.close();
        book = open(SETTINGS);

        assertThat(book.lastHeard(new DeviceId("d349"))).isEqualTo(NOON.plusMillis(349));
        int[] count = new int[1];
        book.forEach((id, at) -> count[0]++);
        assertThat(count[0]).isEqualTo(350);
    }

    @Test
    void aLaterPollIsWrittenToo() {
        book.heard(DEV, NOON);
        await().until(() -> mongo.all("contacts").containsKey("dev1"));
        book.heard(DEV, NOON.plusSeconds(9));

        await().until(() -> mongo.all("contacts").get("dev1").getLong("at")
                == NOON.plusSeconds(9).toEpochMilli());
    }

    @Test
    void historyTellsWhoWasEverHeardAndWhoLeft() {
        book.apply(recorded(new FirstContactMade(DEV), NOON));
        assertThat(book.lastHeard(DEV)).isEqualTo(NOON);
        await().until(() -> mongo.all("contacts").containsKey("dev1"));

        book.apply(recorded(new DeviceDecommissioned(DEV), NOON.plusSeconds(1)));
        assertThat(book.lastHeard(DEV)).isNull();
        await().until(() -> mongo.all("contacts").isEmpty());
    }

    @Test
    void anOldFarewellDoesNotForgetADeviceThatCameBack() {
        book.heard(DEV, NOON.plusSeconds(60));
        book.apply(recorded(new DeviceDecommissioned(DEV), NOON));

        assertThat(book.lastHeard(DEV)).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void aFloodOfNamesIsBounded() {
        IntStream.range(0, 2000).forEach(i -> book.heard(new DeviceId("d" + i), NOON));

        assertThat(book.lastHeard(new DeviceId("d999"))).isEqualTo(NOON);
        assertThat(book.lastHeard(new DeviceId("d1999"))).isNull();
    }
}
