package dev.muster.ddi;

import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.DeviceView;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdateSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the vectors need of a server beside its device wire: the operators' side, and the hand on its clock. Whatever
 * it changes is visible to devices when the call returns; whatever it reads contains what devices said before.
 */
interface DdiWorld {

    /** Scheme, host and port, without a slash at the end. */
    String baseUrl();

    /** The tenant's gateway token, accepted unless the settings say otherwise. */
    String gatewayToken();

    Instant now();

    /** Moves the server's clock forward. */
    void advance(Duration by);

    /** An operator makes a device with this token (null for none). */
    void createDevice(String id, @Nullable String token);

    void group(String id, String group);

    /** An operator asks for attributes. */
    void requestAttributes(String id);

    /** Uploads the files and makes a release of them. */
    Made release(String name, String version, boolean migrationStep, List<Part> parts);

    /** Answers the action's number, also of one that exists already. */
    int assign(String device, Made release, Plan plan);

    void cancel(String device, int action, boolean force);

    /** Fails with {@link dev.muster.kernel.Refused} for settings that are refused. */
    void settings(UnaryOperator<UpdateSettings> change);

    @Nullable
    DeviceView device(String id);

    /** With all entries it keeps. */
    @Nullable
    ActionView action(String device, int action);

    /** @param modules numbers of its modules, in the order of the parts */
    record Made(ReleaseRef ref, List<Long> modules) {}

    /** @param metadata value by key; keys that begin with {@code hidden} are hidden from devices */
    record Part(String type, String name, Map<String, byte[]> files, Map<String, String> metadata, boolean encrypted) {}

    record Plan(
            ActionType type,
            @Nullable Instant forcedAt,
            @Nullable Integer weight,
            @Nullable MaintenanceWindow window) {

        static final Plan FORCED = new Plan(ActionType.FORCED, null, null, null);

        static Plan of(ActionType type) {
            return new Plan(type, null, null, null);
        }
    }
}
