package dev.muster.apps.secrets;

import dev.muster.apps.AgentSecrets;
import dev.muster.config.Seals;
import dev.muster.kernel.Vault;
import dev.muster.registry.DeviceId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Secrets of agents in the vault, sealed with a key for each device. Destroying the key makes every copy of the vault's
 * file that was taken without the key's entry worthless; deleting the entries does the rest.
 */
public final class VaultAgentSecrets implements AgentSecrets {

    /** What the names of entries begin with; a device's id has no slash. */
    public static final String PREFIX = "app-agent-secret/";

    private static final String CREDENTIALS = "credentials";
    private static final int SECRET_BYTES = 16;
    private static final int CREDENTIAL_KEY_BYTES = 32;

    private final Vault vault;
    private final Seals seals;
    private final SecureRandom random = new SecureRandom();

    public VaultAgentSecrets(Vault vault, Seals seals) {
        this.vault = vault;
        this.seals = seals;
    }

    @Override
    public String make(DeviceId device, String secretId) {
        return findOrMake(device, secretId, SECRET_BYTES);
    }

    @Override
    public Optional<String> find(DeviceId device, String secretId) {
        String place = place(device, secretId);
        return vault.get(place)
                .flatMap(bytes -> seals.open(owner(device), place, new String(bytes, StandardCharsets.UTF_8)));
    }

    @Override
    public void forget(DeviceId device, String secretId) {
        vault.delete(place(device, secretId));
    }

    @Override
    public String credentialKey(DeviceId device) {
        return findOrMake(device, CREDENTIALS, CREDENTIAL_KEY_BYTES);
    }

    /** One at a time: two who ask first must not be answered two keys. */
    private synchronized String findOrMake(DeviceId device, String secretId, int length) {
        return find(device, secretId).orElseGet(() -> {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            String secret = Base64.getEncoder().encodeToString(bytes);
            String place = place(device, secretId);
            vault.put(place, seals.seal(owner(device), place, secret).getBytes(StandardCharsets.UTF_8));
            return secret;
        });
    }

    /** The key first: from then on nothing opens, whatever becomes of the rest. */
    @Override
    public synchronized void destroy(DeviceId device) {
        seals.destroy(owner(device));
        vault.scan(place(device, "")).keySet().forEach(vault::delete);
    }

    private static String owner(DeviceId device) {
        return "app-agent/" + device;
    }

    private static String place(DeviceId device, String secretId) {
        return PREFIX + device + "/" + secretId;
    }
}
