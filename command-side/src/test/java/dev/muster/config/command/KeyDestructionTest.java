package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.ConfigHouse.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.ForgetSecrets;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.Profile;
import dev.muster.config.SecretsAudit;
import dev.muster.config.SecretsEvent;
import dev.muster.config.SecretsEvent.KeyDestroyed;
import dev.muster.identity.Caller;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceCameBack;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The end of a device's secrets: by order, and because the device left. */
class KeyDestructionTest {

    private static final DeviceId DEVICE = new DeviceId("robot");
    private static final String OWNER = "device/robot";

    private final ConfigHouse house = new ConfigHouse();
    private final List<Object> happened = new ArrayList<>();
    private final List<String> actors = new ArrayList<>();
    private final SecretsOffice office = new SecretsOffice(house.seals, house.databags, new Sent(), new Noted());

    /** The robot has a secret. */
    private void aSecret() {
        WriteView write = new WriteView(ROBOT, Profile.CONFDB, "all", Map.of("wifi.key", "\"hush\""), null);
        List<DatabagEvent> events =
                DatabagDecision.write(write, Databag.EMPTY, house.registries.needed(NET), house.seals);
        house.knows(ROBOT, List.of(Databag.EMPTY.after(events.getFirst())));
    }

    @Test
    void theKeyGoesFirstThenTheDatabagsLetGo() {
        aSecret();
        assertThat(house.seals.hasKey(OWNER)).isTrue();
        office.destroy(DEVICE).block(Duration.ofSeconds(10));
        assertThat(house.seals.hasKey(OWNER)).isFalse();
        assertThat(house.databags.find(ROBOT).lost(ROBOT, house.seals)).containsExactly("wifi.key");
        assertThat(happened).containsExactly(new KeyDestroyed(DEVICE), new ForgetSecrets(ROBOT));
    }

    @Test
    void againItFinishesWhatWasInterrupted() {
        aSecret();
        house.seals.destroy(OWNER);
        office.destroy(DEVICE).block(Duration.ofSeconds(10));
        assertThat(happened).containsExactly(new ForgetSecrets(ROBOT));
    }

    @Test
    void aDeviceThatLeavesTakesItsKeyWithIt() {
        aSecret();
        WhenDeviceLeavesDestroyItsKey policy = new WhenDeviceLeavesDestroyItsKey(office, new Behind());
        policy.react(List.of(recorded(new DeviceCameBack(DEVICE))));
        assertThat(house.seals.hasKey(OWNER)).isTrue();
        policy.react(List.of(recorded(new DeviceDecommissioned(DEVICE))));
        assertThat(house.seals.hasKey(OWNER)).isFalse();
        assertThat(actors).containsOnly("system:decommission");
        assertThat(happened).startsWith(4L).contains(new KeyDestroyed(DEVICE));
    }

    private static Recorded recorded(Object event) {
        return new Recorded(4, "e", Instant.EPOCH, event, "device/robot", 0, Map.of());
    }

    private final class Sent implements Commands {

        @Override
        public <R> Mono<R> send(Object command) {
            return Mono.deferContextual(context -> {
                happened.add(command);
                context.<Caller>getOrEmpty(Caller.class)
                        .ifPresent(caller -> actors.add(caller.provenance().get(Provenance.ACTOR)));
                return Mono.empty();
            });
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Noted implements SecretsAudit {

        @Override
        public Mono<Void> note(SecretsEvent event) {
            return Mono.deferContextual(context -> {
                happened.add(event);
                context.<Caller>getOrEmpty(Caller.class)
                        .ifPresent(caller -> actors.add(caller.provenance().get(Provenance.ACTOR)));
                return Mono.empty();
            });
        }
    }

    /** Memory that is waited for. */
    private final class Behind implements Positions {

        @Override
        public long committed() {
            return 4;
        }

        @Override
        public long folded() {
            return 0;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return Mono.fromRunnable(() -> happened.add(position));
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return Mono.empty();
        }
    }
}
