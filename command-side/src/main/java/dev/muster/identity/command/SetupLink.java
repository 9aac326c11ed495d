package dev.muster.identity.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.UserId;
import dev.muster.identity.command.SignIn.Welcome;
import dev.muster.kernel.Ids;
import dev.muster.kernel.Vault;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How the first administrator comes in: a one-time code that only who can read the server's own output knows. There is
 * no default password. The vault keeps its SHA-256; a start without any account makes a new code, for the old one
 * cannot be shown again.
 */
public final class SetupLink {

    private static final String KEY = "setup-link";
    private static final int CODE_LENGTH = 32;

    private final Vault vault;
    private final Accounts accounts;
    private final UserOffice office;
    private final SignIn signIn;
    private final Attempts attempts;
    private volatile @Nullable String digest;

    public SetupLink(Vault vault, Accounts accounts, UserOffice office, SignIn signIn, Attempts attempts) {
        this.vault = vault;
        this.accounts = accounts;
        this.office = office;
        this.signIn = signIn;
        this.attempts = attempts;
        this.digest = vault.get(KEY).map(it -> new String(it, UTF_8)).orElse(null);
    }

    /** A fresh code of 128 bits when there is no account yet; blocks. Call it once the accounts have caught up. */
    Optional<String> renew() {
        if (!accounts.users().isEmpty()) {
            close();
            return Optional.empty();
        }
        String code = Ids.secret().substring(0, CODE_LENGTH);
        vault.put(KEY, Ids.digest(code).getBytes(UTF_8));
        digest = Ids.digest(code);
        return Optional.of(code);
    }

    public boolean isOpen() {
        return digest != null && accounts.users().isEmpty();
    }

    /** Makes the first administrator and signs them in; the code is gone afterwards. */
    public Mono<Welcome> redeem(
            String code,
            UserId id,
            String username,
            String password,
            Map<String, String> provenance,
            @Nullable String address) {
        return Mono.defer(() -> {
            attempts.take("setup link", address);
            onlyTheCode(code);
            attempts.giveBack("setup link", address);
            return office.createFirst(id, username, password, () -> onlyTheCode(code), provenance)
                    .doOnNext(profile -> close())
                    .map(profile -> signIn.welcome(accounts.user(id)
                            .orElseThrow(() -> new IllegalStateException("the new account is not there"))));
        });
    }

    /**
     * The same without the code, for where an operator allowed that whoever comes first is the administrator; the code
     * is gone afterwards, too.
     */
    Mono<Welcome> takeOpenly(
            UserId id, String username, String password, Map<String, String> provenance, @Nullable String address) {
        return Mono.defer(() -> {
            attempts.take("setup link", address);
            onlyWhileOpen();
            return office.createFirst(id, username, password, this::onlyWhileOpen, provenance)
                    .doOnNext(profile -> close())
                    .map(profile -> signIn.welcome(accounts.user(id)
                            .orElseThrow(() -> new IllegalStateException("the new account is not there"))));
        });
    }

    private void onlyWhileOpen() {
        if (!isOpen()) {
            throw IdentityRefusal.SETUP_CLOSED.because("There is an account already.");
        }
    }

    private void onlyTheCode(String code) {
        String expected = digest;
        if (expected == null || !accounts.users().isEmpty()) {
            throw IdentityRefusal.SETUP_CLOSED.because("There is an account already.");
        }
        if (!MessageDigest.isEqual(expected.getBytes(UTF_8), Ids.digest(code).getBytes(UTF_8))) {
            throw IdentityRefusal.SETUP_LINK_INVALID.because("This is not the code printed at the last start.");
        }
    }

    private void close() {
        digest = null;
        vault.delete(KEY);
    }
}
