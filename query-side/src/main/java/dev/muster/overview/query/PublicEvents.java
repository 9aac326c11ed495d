package dev.muster.overview.query;

import dev.muster.apps.AgentAuditEvent;
import dev.muster.apps.AppAccountEvent;
import dev.muster.config.SecretsEvent;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one place where history becomes public. It decides what leaves the house, under which name, and who may see it;
 * digests of secrets never leave, nor what only a borrower of a board may see, nor values of configuration: those are
 * read where it is known who asks.
 */
public final class PublicEvents {

    /** What an aggregate's identifier starts with, and what the public calls it. */
    private static final Map<String, String> SUBJECTS = Map.ofEntries(
            Map.entry("device", "devices"),
            Map.entry("updates", "devices"),
            Map.entry("following", "devices"),
            Map.entry("feed-rollout", "feed-rollouts"),
            Map.entry("enrolment", "devices"),
            Map.entry("agent", "devices"),
            Map.entry("document", "documents"),
            Map.entry("registry", "registries"),
            Map.entry("config-rollout", "config-rollouts"),
            Map.entry("app", "apps"),
            Map.entry("app-agent", "devices"),
            Map.entry("app-project", "projects"),
            Map.entry("app-rollout", "app-rollouts"),
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

    private static final String CONFIG = "config.";
    /** Long, or what an event of configuration is about but not what it has to tell. */
    private static final List<String> CONFIG_VALUES = List.of("document", "value", "values", "config", "publicKey");

    private static final String APPS = "apps.";
    /** Values of parameters, which may be secret; what is long; and the name that a secret is kept by. */
    private static final List<String> APP_VALUES =
            List.of("environment", "secrets", "environmentTemplate", "compose", "secretId");

    private static final String APP_WISH = "app-wish/";
    private static final String INSTALLATION = "app-installation/";

    private static final String DATABAG = "databag/";
    private static final String WISH_OUTCOME = "wish-outcome/";
    private static final String SNAP_SETTINGS = "snap-settings/";

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

    /**
     * Whether the caller may hear of it. What people do to accounts, who read secrets or did something on a device, and
     * what was refused, is for auditors; configuration and apps are for those who may read them.
     */
    public boolean visible(Recorded recorded, Caller caller) {
        String name = name(recorded);
        if (name == null || name.equals(NUMBERS)) {
            return false;
        }
        if (name.startsWith(IDENTITY)
                || recorded.event() instanceof CommandRefused
                || recorded.event() instanceof SecretsEvent
                || recorded.event() instanceof AgentAuditEvent
                || recorded.event() instanceof AppAccountEvent) {
            return caller.may(Permission.AUDIT_READ);
        }
        if (name.startsWith(APPS)) {
            return caller.may(Permission.APPS_READ);
        }
        return !name.startsWith(CONFIG) || caller.may(Permission.CONFIG_READ);
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
        String aggregate = target(recorded);
        if (aggregate == null) {
            return "muster";
        }
        if (aggregate.startsWith(DATABAG)) {
            return ofDatabag(aggregate.split("/", 5));
        }
        if (aggregate.startsWith(WISH_OUTCOME)) {
            String[] parts = aggregate.split("/", 4);
            return parts.length < 4 ? aggregate : "devices/" + parts[3];
        }
        if (aggregate.startsWith(SNAP_SETTINGS)) {
            return "devices/" + aggregate.split("/", 3)[1];
        }
        if (aggregate.startsWith(INSTALLATION)) {
            return "devices/" + aggregate.split("/", 3)[1];
        }
        if (aggregate.startsWith(APP_WISH)) {
            return ofPlace(aggregate);
        }
        if (aggregate.equals(SETTINGS_AGGREGATE)) {
            return SETTINGS_SUBJECT;
        }
        int slash = aggregate.indexOf('/');
        String kind = slash < 0 ? null : SUBJECTS.get(aggregate.substring(0, slash));
        return kind == null ? aggregate : kind + aggregate.substring(slash);
    }

    /** The identifier of what it is about; null for what is about nothing in particular. */
    static @Nullable String target(Recorded recorded) {
        return switch (recorded.event()) {
            case CommandRefused refused -> refused.target();
            case SecretsEvent event -> event.target();
            case AgentAuditEvent event -> event.target();
            default -> recorded.aggregate();
        };
    }

    /** A wish is its place's: {@code app-wish/<app>/<kind>/<name>}, and a group's name may have slashes. */
    private static String ofPlace(String aggregate) {
        String[] parts = aggregate.split("/", 4);
        return parts.length < 4 ? aggregate : parts[2] + "s/" + parts[3];
    }

    /** A databag is its device's, or its registry's: {@code databag/<account>/<name>/<kind>/<device>}. */
    private static String ofDatabag(String[] parts) {
        if (parts.length < 4) {
            return String.join("/", parts);
        }
        boolean ofDevice = parts.length == 5 && (parts[3].equals("device") || parts[3].equals("actual"));
        return ofDevice ? "devices/" + parts[4] : "registries/" + parts[1] + "/" + parts[2];
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
            if (name != null && name.startsWith(CONFIG)) {
                withoutValues(object);
            }
            if (name != null && name.startsWith(APPS)) {
                withoutAppValues(object);
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

    private static void withoutValues(ObjectNode config) {
        config.remove(CONFIG_VALUES);
        if (config.get("deltas") instanceof ArrayNode deltas) {
            for (JsonNode delta : deltas) {
                if (delta instanceof ObjectNode change) {
                    change.remove(CONFIG_VALUES);
                }
            }
        }
    }

    private static void withoutAppValues(ObjectNode app) {
        app.remove(APP_VALUES);
        for (String each : List.of("wish", "face")) {
            if (app.get(each) instanceof ObjectNode part) {
                part.remove(APP_VALUES);
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
