package dev.muster.identity.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.identity.IdentityRefusal;
import dev.muster.identity.UserId;
import dev.muster.kernel.Vault;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Names and passwords of people, in the vault and nowhere else; what is forgotten here is gone. Names are held in
 * memory too, hashes are not. Methods that write or read hashes block on the disk; call them off the event loop.
 */
public final class People {

    static final int NAME_LENGTH_MAX = 255;
    private static final String PERSON = "person/";
    private static final String NAME = "person-name/";

    /** A person without their secret. */
    public record Profile(UserId id, String username, Instant createdAt) {}

    private final Vault vault;
    private final JsonMapper json = JsonMapper.builder().build();
    private final Map<UserId, Profile> profiles = new ConcurrentHashMap<>();
    private final Map<String, UserId> names = new ConcurrentHashMap<>();

    public People(Vault vault) {
        this.vault = vault;
        vault.scan(PERSON).values().forEach(entry -> remember(json.readValue(entry, Person.class)));
    }

    /** The same name in other case or Unicode form is the same name. */
    static String folded(String username) {
        return Normalizer.normalize(username, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    static String aUsername(String username) {
        boolean wrong = username.isEmpty()
                || username.length() > NAME_LENGTH_MAX
                || folded(username).length() > NAME_LENGTH_MAX
                || !username.strip().equals(username)
                || username.codePoints().anyMatch(People::isUnprintable);
        if (wrong) {
            throw IdentityRefusal.USER_NAME_INVALID.about("username", "This is no user name.");
        }
        return username;
    }

    /** Control characters, and halves of surrogate pairs, which no encoding can tell apart. */
    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE || type == Character.FORMAT;
    }

    public Optional<Profile> profile(UserId id) {
        return Optional.ofNullable(profiles.get(id));
    }

    public Optional<UserId> named(String username) {
        return Optional.ofNullable(names.get(folded(username)));
    }

    /** The stored hash; blocks. */
    Optional<String> passwordHash(UserId id) {
        return read(id).map(Person::passwordHash);
    }

    /** Stores a person and takes their name; whether the name is free is asked by {@link UserOffice} before; blocks. */
    void add(Person person) {
        vault.put(NAME + folded(person.username()), person.id().toString().getBytes(UTF_8));
        vault.put(PERSON + person.id(), json.writeValueAsBytes(person));
        remember(person);
    }

    /** Blocks. */
    void changePassword(UserId id, String hash) {
        Person old = read(id).orElseThrow(() -> IdentityRefusal.USER_UNKNOWN.because("There is no user " + id + "."));
        Person changed = new Person(id, old.username(), old.displayName(), hash, old.createdAt());
        vault.put(PERSON + id, json.writeValueAsBytes(changed));
    }

    /** Deletes all there is about a person; blocks. */
    void forget(UserId id) {
        vault.delete(PERSON + id);
        Profile profile = profiles.remove(id);
        if (profile != null) {
            String name = folded(profile.username());
            if (names.remove(name, id)) {
                vault.delete(NAME + name);
            }
        }
    }

    /**
     * Finishes what a crash may have cut short: people whose erasure is in history but whose entry is still here, and
     * names without a person. Blocks; call it once the accounts have caught up.
     */
    void tidy(Accounts accounts) {
        List<UserId> lingering = new ArrayList<>();
        profiles.keySet().stream().filter(accounts::isErased).forEach(lingering::add);
        lingering.forEach(this::forget);
        vault.scan(NAME).keySet().stream()
                .filter(key -> !names.containsKey(key.substring(NAME.length())))
                .forEach(vault::delete);
    }

    private Optional<Person> read(UserId id) {
        return vault.get(PERSON + id).map(entry -> json.readValue(entry, Person.class));
    }

    private void remember(Person person) {
        profiles.put(person.id(), new Profile(person.id(), person.username(), person.createdAt()));
        names.put(folded(person.username()), person.id());
    }
}
