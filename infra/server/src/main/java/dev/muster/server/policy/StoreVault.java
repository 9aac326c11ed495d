package dev.muster.server.policy;

import dev.muster.config.seals.VaultSeals;
import dev.muster.kernel.Vault;
import dev.muster.store.EmbeddedStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vault inside the embedded store. */
public final class StoreVault implements Vault {

    private static final int PAGE = 1000;
    private static final String PEOPLE = "person/";

    private final dev.muster.store.Vault vault;

    public StoreVault(EmbeddedStore store) {
        this.vault = new dev.muster.store.Vault(store);
    }

    @Override
    public void put(String key, byte[] value) {
        vault.put(key, value);
    }

    @Override
    public Optional<byte[]> get(String key) {
        return vault.get(key);
    }

    @Override
    public boolean delete(String key) {
        boolean there = vault.get(key).isPresent();
        vault.delete(key);
        if (there && (key.startsWith(PEOPLE) || key.startsWith(VaultSeals.PREFIX))) {
            // A person who is forgotten, or a key that is destroyed, leaves the files too, not only the index.
            vault.scrub();
        }
        return there;
    }

    @Override
    public Map<String, byte[]> scan(String prefix) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        String after = "";
        while (true) {
            List<dev.muster.store.Vault.Entry> page = vault.scan(prefix, after, PAGE);
            page.forEach(entry -> all.put(entry.key(), entry.value()));
            if (page.size() < PAGE) {
                return all;
            }
            after = page.getLast().key();
        }
    }
}
