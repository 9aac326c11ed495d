package dev.muster.overview.query;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.EventNames;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.overview.CommandRefused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place where history becomes public. It decides what leaves the house, under which name, and who may see it;
 * digests of secrets never leave, nor what only a borrower of a board may see.
 */
public final class PublicEvents {

    /** What an aggregate's identifier starts with, and what the public calls it. */
    private static final Map<String, String> SUBJECTS = Map.ofEntries(
            Map.entry("device", "devices"),
            Map.entry("updates", "devices"),
            Map.entry("enrolment", "devices"),
            Map.entry("document", "documents"),
            Map.entry("board", "boards"),
            Map.entry("board-class", "board-classes"),
            Map.entry("lab-request", "lab-requests"),
            Map.entry("release", "releases"),
            Map.entry("rollout", "rollouts"),
            Map.entry("auto-assignment", "auto-assignments"),
            Map.entry("user", "users"),
            Map.entry("token", "tokens"));

    /** Members that hold digests; nowhere else do events carry secrets. */
    private static final List<String> SECRETS = List.of("tokenDigest", "digest", "gatewayTokenDigest");

    /** Members of lab events that are for a borrower alone, and the objects that they are in. */
    private static final List<String> BORROWERS_OWN = List.of("sshKeys", "context");

    private static final List<String> BORROWINGS = List.of("reservation", "wish");
    private static final String ENVIRONMENT = "environment";
    private static final String LAB = "lab.";

    private static final String SETTINGS_AGGREGATE = "update-settings";
    private static final String SETTINGS_SUBJECT = "settings/updates";
    private static final String IDENTITY = "identity.";
    /** Numbers are drawn for the wire's sake; that is nobody's news. */
    private static final String NUMBERS = "updates.NumbersReserved";

    private final EventNames names;
    private final JsonMapper mapper;

    /** @param mapper the one that HTTP answers are written with */
    public PublicEvents(EventNames names, JsonMapper mapper) {
        this.names = names;
        this.mapper = mapper;
    }

    /** Whether the caller may hear of it. What people do to accounts, and what was refused, is for auditors. */
    public boolean visible(Recorded recorded, Caller caller) {
        String name = name(recorded);
        if (name == null || name.equals(NUMBERS)) {
            return false;
        }
        boolean forAuditors = name.startsWith(IDENTITY) || recorded.event() instanceof CommandRefused;
        return !forAuditors || caller.may(Permission.AUDIT_READ);
    }

    /** The stored name, {@code registry.DeviceRegistered}; null for what is not known here. */
    public @Nullable String name(Recorded recorded) {
        return names.name(recorded.event().getClass());
    }

    /** {@code muster.registry.device-registered.v1}; null for what is not known here. */
    public @Nullable String type(Recorded recorded) {
        String name = name(recorded);
        if (name == null) {
            return null;
        }
        int dot = name.indexOf('.');
        return "muster." + name.substring(0, dot) + "." + kebab(name.substring(dot + 1)) + ".v"
                + EventNames.revision(recorded.event().getClass());
    }

    /** {@code devices/<id>} and the like. */
    public String subject(Recorded recorded) {
        String aggregate = recorded.event() instanceof CommandRefused refused ? refused.target() : recorded.aggregate();
        if (aggregate == null) {
            return "muster";
        }
        if (aggregate.equals(SETTINGS_AGGREGATE)) {
            return SETTINGS_SUBJECT;
        }
        int slash = aggregate.indexOf('/');
        String kind = slash < 0 ? null : SUBJECTS.get(aggregate.substring(0, slash));
        return kind == null ? aggregate : kind + aggregate.substring(slash);
    }

    /** The event as the public sees it; null for what is not known here. */
    public @Nullable CloudEvent translate(Recorded recorded) {
        String type = type(recorded);
        if (type == null) {
            return null;
        }
        String subject = subject(recorded);
        return new CloudEvent(
                "1.0",
                recorded.id(),
                "/" + subject,
                type,
                subject,
                recorded.at(),
                "application/json",
                Long.toString(recorded.position()),
                recorded.aggregate(),
                text(recorded, Provenance.ACTOR),
                data(recorded));
    }

    /** The event's members, without secrets and without what is only for who borrows a board. */
    public JsonNode data(Recorded recorded) {
        JsonNode data = mapper.valueToTree(recorded.event());
        if (data instanceof ObjectNode object) {
            object.remove(SECRETS);
            if (object.get("settings") instanceof ObjectNode settings) {
                settings.remove(SECRETS);
            }
            String name = name(recorded);
            if (name != null && name.startsWith(LAB)) {
                withoutBorrowersOwn(object);
            }
        }
        return data;
    }

    /** Keys, context and environment of a reservation are read where it is known who asks. */
    private static void withoutBorrowersOwn(ObjectNode lab) {
        lab.remove(ENVIRONMENT);
        for (String each : BORROWINGS) {
            if (lab.get(each) instanceof ObjectNode borrowing) {
                borrowing.remove(BORROWERS_OWN);
            }
        }
    }

    /** A word of the event's provenance. */
    public static @Nullable String text(Recorded recorded, String key) {
        Object value = recorded.metadata().get(key);
        return value == null ? null : value.toString();
    }

    /** {@code board-reserved} for {@code BoardReserved}. */
    static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
