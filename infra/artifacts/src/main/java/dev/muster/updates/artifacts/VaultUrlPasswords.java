package dev.muster.updates.artifacts;

import dev.muster.kernel.Ids;
import dev.muster.kernel.Vault;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UrlMask;
import dev.muster.updates.UrlPasswords;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Passwords of addresses in the vault, by the digest of the masked address; a copy of them is in memory, since devices'
 * documents need them. There are as many as addresses with a password that were ever read.
 */
public final class VaultUrlPasswords implements UrlPasswords {

    /** What the names of entries begin with. */
    public static final String PREFIX = "url-password/";

    private final Vault vault;
    private final Scheduler scheduler;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /**
     * Reads what is known; blocks briefly.
     *
     * @param scheduler where passwords are written, one that may block
     */
    public VaultUrlPasswords(Vault vault, Scheduler scheduler) {
        this.vault = vault;
        this.scheduler = scheduler;
        vault.scan(PREFIX).forEach((key, value) -> known.put(key, new String(value, StandardCharsets.UTF_8)));
    }

    @Override
    public Mono<Void> keep(RemoteUrl url) {
        String password = UrlMask.passwordOf(url.whole());
        if (password == null) {
            return Mono.empty();
        }
        return Mono.<Void>fromRunnable(() -> {
                    String key = key(url.whole());
                    vault.put(key, password.getBytes(StandardCharsets.UTF_8));
                    known.put(key, password);
                })
                .subscribeOn(scheduler);
    }

    @Override
    public String whole(String url) {
        if (UrlMask.passwordOf(url) == null) {
            return url;
        }
        String password = known.get(key(url));
        return password == null ? UrlMask.without(url) : UrlMask.with(url, password);
    }

    private static String key(String url) {
        return PREFIX + Ids.digest(UrlMask.masked(url));
    }
}
