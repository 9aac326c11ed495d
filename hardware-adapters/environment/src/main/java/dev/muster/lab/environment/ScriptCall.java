package dev.muster.lab.environment;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Reservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One call of the setup script: contract §6 from the server's side. What is not known, as on a release without a
 * reservation, is an empty text.
 *
 * @param user who, as the script is told
 * @param state what the script gave on reserve
 * @param max how long it may take
 */
record ScriptCall(
        Action action,
        BoardDefinition board,
        @Nullable Reservation reservation,
        String user,
        Map<String, Object> state,
        Duration max) {

    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Parameters of options that nobody's script needs to know; they should not come here in the first place. */
    private static final Pattern SECRET =
            Pattern.compile(".*(pass|secret|community|token|credential).*|(.*[_-])?key", Pattern.CASE_INSENSITIVE);

    enum Action {
        RESERVE("reserve", LabRefusal.SETUP_FAILED),
        RELEASE("release", LabRefusal.RELEASE_FAILED);

        private final String word;
        private final LabRefusal failure;

        Action(String word, LabRefusal failure) {
            this.word = word;
            this.failure = failure;
        }

        String word() {
            return word;
        }

        LabRefusal failure() {
            return failure;
        }
    }

    List<String> argv(String script) {
        return List.of(script, action.word(), board.name().value(), user);
    }

    Map<String, String> environment() {
        return Map.of(
                "BITELAB_ACTION", action.word(),
                "BITELAB_BOARD", board.name().value(),
                "BITELAB_CLASS", board.brdclass(),
                "BITELAB_USER", user,
                "BITELAB_RESERVATION", reservationId());
    }

    /** The document for its standard input. */
    byte[] document() {
        Map<String, Object> told = new TreeMap<>();
        told.put("name", board.name().value());
        told.put("brdclass", board.brdclass());
        told.put("class", board.attributes());
        told.put("options", board.options().stream().map(ScriptCall::told).toList());
        Map<String, Object> all = new TreeMap<>();
        all.put("version", VERSION);
        all.put("action", action.word());
        all.put("reservation", reservationId());
        all.put("user", user);
        all.put("sshpubkeys", reservation == null ? List.of() : reservation.sshKeys());
        all.put("board", told);
        all.put("state", state);
        return JSON.writeValueAsBytes(all);
    }

    private String reservationId() {
        return reservation == null ? "" : reservation.id().toString();
    }

    private static Map<String, Object> told(BoardOption option) {
        Map<String, Object> told = new TreeMap<>(option.parameters());
        told.keySet().removeIf(name -> SECRET.matcher(name).matches());
        told.put("cls", option.cls());
        return told;
    }

    @Override
    public String toString() {
        return action.word() + " " + board.name();
    }
}
