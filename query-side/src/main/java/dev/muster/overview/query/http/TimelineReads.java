package dev.muster.overview.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.apps.AppAgentEvent;
import dev.muster.apps.InstallationEvent;
import dev.muster.apps.Installations;
import dev.muster.config.query.DatabagHistory;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.History;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.lab.query.LinkedBoards;
import dev.muster.overview.query.PublicEvents;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Pages;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Everything that ever happened to a device, in one line of time; who borrowed the board that it is, what was written
 * for it and what became of its apps, too, for those who may see that.
 */
@RestController
public class TimelineReads {

    /** Axon Server tells no position of what is read by aggregate; there the time must do. */
    private static final Comparator<Recorded> NEWEST_FIRST = Comparator.comparingLong(Recorded::position)
            .thenComparing(Recorded::at)
            .thenComparingLong(Recorded::sequence)
            .reversed();

    private final History history;
    private final PublicEvents events;
    private final LinkedBoards boards;
    private final DatabagHistory databags;
    private final Installations installations;
    private final Offload offload;

    public TimelineReads(
            History history,
            PublicEvents events,
            LinkedBoards boards,
            DatabagHistory databags,
            Installations installations,
            Offload offload) {
        this.history = history;
        this.events = events;
        this.boards = boards;
        this.databags = databags;
        this.installations = installations;
        this.offload = offload;
    }

    /** @param type stored name, {@code registry.DeviceRegistered} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Moment(
            long position,
            Instant at,
            String type,
            @Nullable String actor,
            JsonNode data) {}

    /** Newest first. */
    public record Timeline(List<Moment> items) {}

    @GetMapping("/api/v1/devices/{id}/timeline")
    @Requires(Permission.DEVICES_READ)
    @Operation(summary = "What happened to a device, newest first; also to one that was decommissioned")
    public Mono<Timeline> timeline(@PathVariable String id, @RequestParam(required = false) @Nullable Integer limit) {
        DeviceId deviceId = new DeviceId(id);
        int most = Pages.limit(limit);
        return Caller.current().flatMap(caller -> offload.ask(() -> new Timeline(moments(deviceId, most, caller))));
    }

    private List<Moment> moments(DeviceId deviceId, int limit, Caller caller) {
        List<Recorded> all = new ArrayList<>(history.of("device/" + deviceId));
        all.addAll(history.of("updates/" + deviceId));
        all.addAll(history.of("enrolment/" + deviceId));
        all.addAll(followed(deviceId));
        List<Recorded> config = databags.of(deviceId, limit);
        all.addAll(history.of("agent/" + deviceId));
        // A device that enrolled is registered a moment later, or never when it left at once; it has a history.
        if (all.isEmpty() && config.isEmpty()) {
            throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device " + deviceId + ".");
        }
        if (caller.may(Permission.CONFIG_READ)) {
            all.addAll(config);
        }
        if (caller.may(Permission.APPS_READ)) {
            all.addAll(history.of(AppAgentEvent.aggregateId(deviceId)));
            installations
                    .known(deviceId)
                    .forEach(each ->
                            all.addAll(history.of(InstallationEvent.aggregateId(deviceId, each.app(), each.stage()))));
        }
        if (caller.may(Permission.LAB_READ)) {
            boards.aggregates(deviceId).forEach(board -> all.addAll(LinkedBoards.stays(deviceId, history.of(board))));
        }
        return all.stream().sorted(NEWEST_FIRST).limit(limit).map(this::moment).toList();
    }

    /** Of its update mode, without mere log lines: there are many, and they have a place of their own. */
    private List<Recorded> followed(DeviceId deviceId) {
        return history.of("following/" + deviceId).stream()
                .filter(each -> !(each.event() instanceof FollowingReported))
                .toList();
    }

    private Moment moment(Recorded recorded) {
        String name = events.name(recorded);
        return new Moment(
                recorded.position(),
                recorded.at(),
                name == null ? recorded.event().getClass().getSimpleName() : name,
                PublicEvents.text(recorded, Provenance.ACTOR),
                events.data(recorded));
    }
}
