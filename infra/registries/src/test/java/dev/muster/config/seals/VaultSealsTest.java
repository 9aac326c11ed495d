package dev.muster.config.seals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.muster.testing.MemoryVault;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is sealed opens for its owner and place alone, and never again once the key is gone. */
class VaultSealsTest {

    private final VaultSeals seals = new VaultSeals(new MemoryVault());

    @Test
    void opensForItsOwnerAndPlace() {
        String sealed = seals.seal("device/a", "here", "höchst geheim");
        assertEquals(Optional.of("höchst geheim"), seals.open("device/a", "here", sealed));
        assertEquals(Optional.empty(), seals.open("device/a", "there", sealed));
        assertEquals(Optional.empty(), seals.open("device/b", "here", sealed));
        seals.seal("device/b", "here", "x");
        assertEquals(Optional.empty(), seals.open("device/b", "here", sealed));
    }

    @Test
    void tellsNothing() {
        String sealed = seals.seal("fleet", "p", "visible");
        assertFalse(sealed.contains("visible"));
        assertNotEquals(sealed, seals.seal("fleet", "p", "visible"));
    }

    @Test
    void aDestroyedKeyIsGoneForGood() {
        String sealed = seals.seal("device/a", "p", "x");
        seals.destroy("device/a");
        assertEquals(Optional.empty(), seals.open("device/a", "p", sealed));
        seals.seal("device/a", "p", "y");
        assertEquals(Optional.empty(), seals.open("device/a", "p", sealed));
    }

    @Test
    void nonsenseDoesNotOpen() {
        seals.seal("device/a", "p", "x");
        for (String nonsense : new String[] {"", "1.", "1.AAAA", "1.!!", "2.AAAA", "plain"}) {
            assertEquals(Optional.empty(), seals.open("device/a", "p", nonsense));
        }
    }
}
