package dev.muster.identity.command;

import static dev.muster.identity.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.command.IdentitySettings.HashingCost;
import dev.muster.kernel.KernelRefusal;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    @Test
    void hashesAreArgon2idWithASaltEachAndTheDefaultsOfOwasp() {
        try (Passwords passwords = new Passwords(IdentitySettings.defaults().hashing())) {
            String one = passwords.hash("correct horse battery").block();
            String two = passwords.hash("correct horse battery").block();
            assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(two);
            assertThat(passwords.matches("correct horse battery", () -> one).block())
                    .isTrue();
            assertThat(passwords.matches("correct horse batterz", () -> one).block())
                    .isFalse();
        }
    }

    @Test
    void nobodysPasswordNeverFits() {
        try (Passwords passwords = new Passwords(new HashingCost(1, 1, 64, 1))) {
            assertThat(passwords
                            .matches("the password of nobody at all", () -> null)
                            .block())
                    .isFalse();
        }
    }

    @Test
    void whenTooManyWaitMoreAreRefused() throws InterruptedException {
        try (Passwords passwords = new Passwords(new HashingCost(1, 1, 64, 1))) {
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch hold = new CountDownLatch(1);
            passwords
                    .onOwnThreads(() -> {
                        busy.countDown();
                        hold.await();
                        return true;
                    })
                    .subscribe();
            busy.await();
            passwords.onOwnThreads(() -> true).subscribe();
            assertRefused(
                    KernelRefusal.OVERLOADED, () -> passwords.hash("one more").block());
            hold.countDown();
        }
    }
}
