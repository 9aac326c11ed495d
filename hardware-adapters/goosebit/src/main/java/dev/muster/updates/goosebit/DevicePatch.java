package dev.muster.updates.goosebit;

import dev.muster.kernel.Ids;
import dev.muster.registry.DeviceCommand.ChangeDevice;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.WithdrawToken;
import dev.muster.registry.DeviceId;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingCommand.Assigned;
import dev.muster.updates.modes.FollowingCommand.ChooseMode;
import dev.muster.updates.modes.FollowingCommand.Force;
import dev.muster.updates.modes.FollowingCommand.SetFeed;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.SoftwareShelf;
import dev.muster.updates.modes.UpdateMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change of devices (contract §6). Null leaves a thing alone; an empty name takes the name away, an empty token
 * the token.
 *
 * @param software {@code rollout}, {@code latest} or a number
 */
record DevicePatch(
        List<String> devices,
        @Nullable String feed,
        @Nullable String software,
        @Nullable Boolean pinned,
        @Nullable String name,
        @Nullable Boolean force,
        @Nullable String token) {

    private static final String ROLLOUT = "rollout";
    private static final String LATEST = "latest";
    private static final int TEXT_LENGTH_MAX = 255;

    /** Fails with 422. */
    static DevicePatch of(Input input) {
        DevicePatch patch = new DevicePatch(
                input.requiredTexts("devices"),
                input.optionalText("feed"),
                input.optionalText("software"),
                input.optionalFlag("pinned"),
                input.optionalText("name"),
                input.optionalFlag("force_update"),
                input.optionalText("auth_token"));
        input.check();
        bounded("feed", patch.feed);
        bounded("name", patch.name);
        if (patch.token != null && !patch.token.equals(Shapes.TOKEN)) {
            DeviceGate.storable(patch.token);
        }
        if (patch.software != null && !patch.software.equals(ROLLOUT) && !patch.software.equals(LATEST)) {
            number(patch.software);
        }
        return patch;
    }

    private static void bounded(String field, @Nullable String text) {
        if (text != null && text.length() > TEXT_LENGTH_MAX) {
            throw WireFailure.unprocessable(field + ": Length of '" + text.length() + "' > " + TEXT_LENGTH_MAX);
        }
    }

    private static long number(String text) {
        try {
            return text.length() > 20 ? Long.parseLong("") : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw WireFailure.unprocessable(Problem.wrongKind(
                    "int_parsing",
                    List.of("body", "software"),
                    "integer, unable to parse string as an integer",
                    Json.text(text)));
        }
    }

    /** What is to be ordered for one device, in this order: feed, software, pinned, name, force, token. */
    List<Object> orders(DeviceId id, @Nullable Following known, SoftwareShelf shelf) {
        List<Object> orders = new ArrayList<>();
        if (feed != null) {
            orders.add(new SetFeed(id, feed));
        }
        if (software != null) {
            orders.add(mode(id, software, known, shelf));
        }
        if (Boolean.TRUE.equals(pinned)) {
            orders.add(new ChooseMode(id, UpdateMode.PINNED, null, null));
        }
        if (name != null) {
            String given = name.isBlank() ? id.value() : name;
            orders.add(new ChangeDevice(id, given, null, null, null, null));
        }
        if (force != null) {
            orders.add(new Force(id, force));
        }
        if (token != null && !token.equals(Shapes.TOKEN)) {
            orders.add(token.isEmpty() ? new WithdrawToken(id) : new IssueToken(id, Ids.digest(token)));
        }
        return orders;
    }

    private static FollowingCommand mode(DeviceId id, String software, @Nullable Following known, SoftwareShelf shelf) {
        return switch (software) {
            case ROLLOUT -> new ChooseMode(id, UpdateMode.ROLLOUT, null, null);
            case LATEST -> new ChooseMode(id, UpdateMode.LATEST, null, null);
            default -> {
                Software found = shelf.find(number(software));
                yield new ChooseMode(
                        id,
                        UpdateMode.ASSIGNED,
                        null,
                        found == null
                                ? null
                                : new Assigned(
                                        found.number(),
                                        found.compatibility(),
                                        known == null ? Software.UNNAMED : known.hardware()));
            }
        };
    }
}
