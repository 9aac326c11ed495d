package dev.muster.updates.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.MemoryVault;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UrlPasswords;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

class VaultUrlPasswordsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String URL = "https://user:p%40ss@h/f.swu";
    private static final String MASKED = "https://user:***@h/f.swu";

    private final MemoryVault vault = new MemoryVault();

    private UrlPasswords opened() {
        return new VaultUrlPasswords(vault, Schedulers.boundedElastic());
    }

    @Test
    void aPasswordComesBackAlsoAfterARestart() {
        UrlPasswords passwords = opened();
        passwords.keep(RemoteUrl.parse(URL)).block(SOON);

        assertThat(passwords.whole(MASKED)).isEqualTo(URL);
        assertThat(opened().whole(MASKED)).isEqualTo(URL);
        assertThat(vault.entries().keySet())
                .singleElement()
                .asString()
                .startsWith(VaultUrlPasswords.PREFIX)
                .doesNotContain("user");
    }

    @Test
    void aNewPasswordTakesTheOldOnesPlaceAtThatAddressAlone() {
        UrlPasswords passwords = opened();
        passwords.keep(RemoteUrl.parse(URL)).block(SOON);
        passwords.keep(RemoteUrl.parse("https://user:old@h/other.swu")).block(SOON);
        passwords.keep(RemoteUrl.parse("https://user:new@h/f.swu")).block(SOON);

        assertThat(passwords.whole(MASKED)).isEqualTo("https://user:new@h/f.swu");
        assertThat(passwords.whole(URL)).isEqualTo("https://user:new@h/f.swu");
        assertThat(passwords.whole("https://user:***@h/other.swu")).isEqualTo("https://user:old@h/other.swu");
    }

    @Test
    void whatHasNoPasswordIsItselfAndWhatIsForgottenHasNone() {
        UrlPasswords passwords = opened();
        passwords.keep(RemoteUrl.parse("https://user@h/f.swu")).block(SOON);

        assertThat(vault.entries()).isEmpty();
        assertThat(passwords.whole("https://user@h/f.swu")).isEqualTo("https://user@h/f.swu");
        assertThat(passwords.whole("https://h/f.swu")).isEqualTo("https://h/f.swu");
        assertThat(passwords.whole(MASKED)).isEqualTo("https://user@h/f.swu");
    }
}
