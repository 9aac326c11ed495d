package dev.muster.config.query.http;

import dev.muster.config.DatabagId;
import dev.muster.config.SecretsAudit;
import dev.muster.config.SecretsEvent.SecretsRead;
import dev.muster.config.SecretsEvent.Way;
import dev.muster.identity.Caller;
import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who may see secrets, and that it is noted before they do. */
public final class SecretReads {

    /** Paths that one entry names. */
    private static final int PATHS_MAX = 100;

    private final SecretsAudit audit;

    public SecretReads(SecretsAudit audit) {
        this.audit = audit;
    }

    /** Completes when the caller may have what was asked; fails with {@link IdentityRefusal#NOT_ALLOWED}. */
    static Mono<Void> allowed(boolean secrets) {
        if (!secrets) {
            return Mono.empty();
        }
        String needed = Permission.CONFIG_SECRETS.wireName();
        return Caller.current()
                .flatMap(caller -> caller.may(Permission.CONFIG_SECRETS)
                        ? Mono.<Void>empty()
                        : Mono.error(IdentityRefusal.NOT_ALLOWED.because(
                                "Secrets need the permission '" + needed + "'.", Map.of("permission", needed))));
    }

    /** Completes when it is on record that the caller reads them; at once when there are none. */
    Mono<Void> noted(DatabagId id, @Nullable String view, Collection<String> paths, Way way) {
        if (paths.isEmpty()) {
            return Mono.empty();
        }
        List<String> named = paths.stream().limit(PATHS_MAX).toList();
        return audit.note(new SecretsRead(id.registry(), id.layer(), view, named, way));
    }
}
