package dev.muster.apps.reagent;

import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppStage;
import dev.muster.apps.Installations;
import dev.muster.apps.WantedApp;
import dev.muster.apps.reagent.RegistryTokens.Guest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may do what at the registry of images, as its token service (Docker Registry, token authentication). A device
 * pulls images of apps that somebody wants on it, of its own architecture, and pushes none. What it says to have or to
 * have built counts for nothing here: whatever one device could put in place of an image, all others would run.
 */
final class RegistryGate {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SCOPES_MAX = 20;
    private static final Pattern SCOPE = Pattern.compile("repository:([a-z0-9._/-]{1,255}):([a-z,*]{1,40})");

    private final AppCatalogue catalogue;
    private final Installations installations;
    private final RegistryKey key;
    private final Pattern image;
    private final Duration life;
    private final Clock clock;

    RegistryGate(ReagentPorts ports, ReagentSettings settings, RegistryKey key) {
        this.catalogue = ports.catalogue();
        this.installations = ports.installations();
        this.key = key;
        this.image = Pattern.compile(Pattern.quote(settings.repository())
                + "(?:prod|dev)_([a-z0-9]+)_([1-9][0-9]{0,17})_([a-z0-9-]+)(?:_[a-z0-9._-]+)?");
        this.life = settings.registryAccess();
        this.clock = ports.clock();
    }

    /**
     * What the registry's client is answered: a token with as much of what it asks for as it may have, which may be
     * nothing.
     *
     * @param service as which the registry calls itself
     * @param scopes each of one repository, or several with blanks between them
     */
    String answer(Guest guest, String service, List<String> scopes) {
        Instant now = clock.instant();
        List<Map<String, Object>> access = new ArrayList<>();
        scopes.stream()
                .flatMap(each -> List.of(each.split(" ")).stream())
                .limit(SCOPES_MAX)
                .forEach(each -> {
                    Map<String, Object> granted = granted(guest.agent(), each);
                    if (!granted.isEmpty()) {
                        access.add(granted);
                    }
                });
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "muster");
        claims.put("sub", guest.agent().key() + "." + guest.account());
        claims.put("aud", service);
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.minusSeconds(30).getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("access", access);
        String token = key.token(JSON.writeValueAsString(claims));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token", token);
        answer.put("access_token", token);
        answer.put("expires_in", life.toSeconds());
        answer.put("issued_at", Instant.ofEpochSecond(now.getEpochSecond()).toString());
        return JSON.writeValueAsString(answer);
    }

    private Map<String, Object> granted(AppAgent agent, String scope) {
        Matcher asked = SCOPE.matcher(scope);
        if (!asked.matches()) {
            return Map.of();
        }
        Set<String> may = may(agent, asked.group(1));
        Set<String> granted = new TreeSet<>();
        for (String action : asked.group(2).split(",")) {
            if (may.contains(action)) {
                granted.add(action);
            }
        }
        return granted.isEmpty()
                ? Map.of()
                : Map.of("type", "repository", "name", asked.group(1), "actions", List.copyOf(granted));
    }

    private Set<String> may(AppAgent agent, String repository) {
        Matcher named = image.matcher(repository);
        if (!named.matches()) {
            return Set.of();
        }
        String architecture = agent.system().architecture();
        AppKey app = new AppKey(Long.parseLong(named.group(2)));
        AppCatalogue.App known = catalogue.keyed(app);
        boolean isOf = known != null
                && known.name().value().equals(named.group(3))
                && (architecture.isEmpty() || architecture.equals(named.group(1)));
        if (!isOf) {
            return Set.of();
        }
        Installations.Installation found = installations.find(agent.device(), app, AppStage.PROD);
        WantedApp wanted = found == null ? null : found.wanted();
        return wanted != null && wanted.target().wantsIt() ? Set.of("pull") : Set.of();
    }

    /** The public half of the key that tokens are signed with. */
    String keySet() {
        return key.keySet();
    }
}
