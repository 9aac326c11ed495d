package dev.muster.config;

/**
 * One registry: whose it is and what it is called.
 *
 * @param account 1 to 64 letters, digits and dashes; a publisher's account, usually 32 characters
 * @param name as {@link SubKeys} has it
 */
public record RegistryId(String account, String name) implements Comparable<RegistryId> {

    public static final int ACCOUNT_LENGTH_MAX = 64;

    public RegistryId {
        if (!isAccount(account)) {
            throw ConfigRefusal.REGISTRY_ID_INVALID.about(
                    "account", "An account is 1 to 64 letters, digits and dashes.");
        }
        if (!SubKeys.fits(name)) {
            throw ConfigRefusal.REGISTRY_ID_INVALID.about("name", "'" + name + "' is no name of a registry.");
        }
    }

    private static boolean isAccount(String account) {
        return !account.isEmpty()
                && account.length() <= ACCOUNT_LENGTH_MAX
                && account.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-');
    }

    @Override
    public int compareTo(RegistryId other) {
        int byAccount = account.compareTo(other.account);
        return byAccount != 0 ? byAccount : name.compareTo(other.name);
    }

    /** {@code account/name}, as paths have it. */
    @Override
    public String toString() {
        return account + "/" + name;
    }
}
