package dev.muster.observe.cos;

import static dev.muster.observe.cos.CosHouse.API;
import static dev.muster.observe.cos.CosHouse.D;
import static dev.muster.observe.cos.CosHouse.G;
import static dev.muster.observe.cos.CosHouse.P;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.observe.cos.CosHouse.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may come in when nobody is trusted by address. */
class TrustTest {

    private static final String DEVICE = "{\"uid\":\"a\",\"address\":\"::1\"}";
    private static final String[] ENROL = {"Authorization", "bearer enrol"};
    private static final String[] READ = {"Authorization", "Bearer read"};
    private static final String[] OPERATE = {"authorization", "BEARER operate"};

    private final CosHouse house = new CosHouse(CosSettings.DEFAULTS.with("/cos", List.of(), Duration.ofMinutes(5)));

    @BeforeEach
    void nobodyIsTrusted() {
        house.device("r");
        house.dashboard("g");
        house.trusted = false;
        house.tokens.put("enrol", Set.of(Permission.DEVICES_ENROL));
        house.tokens.put("read", Set.of(Permission.OBSERVE_READ));
        house.tokens.put("operate", Set.of(Permission.OBSERVE_WRITE, Permission.DEVICES_WRITE));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private int status(String method, String path, String body, String... headers) {
        return house.send(method, path, body, headers).status();
    }

    @Test
    void withoutATokenThereIsHealthAndNothingThatTellsOrChangesAnything() {
        assertThat(status("GET", API + "health/", null)).isEqualTo(200);
        assertThat(status("GET", API + "schema/", null)).isEqualTo(200);
        assertThat(status("OPTIONS", D, null)).isEqualTo(200);
        assertThat(status("PUT", D, "{}")).isEqualTo(405);
        for (String path : List.of(D, D + "r/", D + "nobody/", D + "r/certificate/", G, G + "g/", P)) {
            Answer answer = house.get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("{\"detail\":\"Authentication credentials were not provided.\"}");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
        assertThat(status("POST", D, DEVICE)).isEqualTo(401);
        assertThat(status("DELETE", D + "r/", null)).isEqualTo(401);
        assertThat(house.observatory.uids()).containsExactly("r");
        for (String page : List.of("/cos/devices/", "/cos/devices/r", "/cos/devices/nobody")) {
            Answer answer = house.get(page);
            assertThat(answer.status()).as(page).isEqualTo(401);
            assertThat(answer.text()).contains("href=\"/fleet\"").doesNotContain("192.168.0.1");
        }
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        Answer answer = house.get(D, "Authorization", "bearer wrong");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo("{\"detail\":\"Invalid token.\"}");
    }

    @Test
    void anAgentsTokenDoesWhatAgentsDo() {
        assertThat(status("GET", G + "g/", null, ENROL)).isEqualTo(200);
        assertThat(status("POST", G, "{\"uid\":\"h\",\"dashboard\":{}}", ENROL)).isEqualTo(201);
        assertThat(status("POST", D, DEVICE, ENROL)).isEqualTo(201);
        assertThat(status("PATCH", D + "a/", "{}", ENROL)).isEqualTo(200);
        assertThat(status("POST", D + "a/certificate/", "{\"csr\":\"CERTIFICATE REQUEST\"}", ENROL))
                .isEqualTo(202);
        assertThat(status("DELETE", D + "a/", null, ENROL)).isEqualTo(204);
        assertThat(house.observatory.provenances.getLast()).containsEntry("actor", "token:enrol");

        for (String list : List.of(D, G, P)) {
            Answer answer = house.get(list, ENROL);
            assertThat(answer.status()).as(list).isEqualTo(403);
            assertThat(answer.text()).isEqualTo("{\"detail\":\"You do not have permission to perform this action.\"}");
        }
        assertThat(status("PATCH", D + "r/certificate/", "{}", ENROL)).isEqualTo(403);
    }

    @Test
    void readersReadAndOperatorsWrite() {
        assertThat(status("GET", D, null, READ)).isEqualTo(200);
        assertThat(status("GET", "/cos/devices/", null, READ)).isEqualTo(200);
        assertThat(status("POST", D, DEVICE, READ)).isEqualTo(403);
        assertThat(status("DELETE", G + "g/", null, READ)).isEqualTo(403);
        assertThat(status("POST", D, DEVICE, OPERATE)).isEqualTo(201);
        assertThat(status("PATCH", D + "r/certificate/", "{}", OPERATE)).isEqualTo(404);
        assertThat(status("GET", D, null, OPERATE)).isEqualTo(403);
    }

    @Test
    void aTokenSpeaksForItsAddressForAWhileWhereAgentsSendNone() {
        assertThat(status("PATCH", D + "r/", "{}")).isEqualTo(401);
        assertThat(status("GET", D + "r/", null, ENROL)).isEqualTo(200);

        assertThat(status("PATCH", D + "r/", "{\"address\":\"10.1.1.1\"}")).isEqualTo(200);
        assertThat(house.observatory.provenances.getLast()).containsEntry("actor", "token:enrol");
        assertThat(status("GET", D + "r/", null))
                .as("only where agents send none")
                .isEqualTo(401);
        assertThat(status("PATCH", D + "r/certificate/", "{}")).isEqualTo(403);

        house.client = "10.9.9.9";
        assertThat(status("PATCH", D + "r/", "{}")).as("another address").isEqualTo(401);
        house.client = null;
        house.now = house.now.plus(Duration.ofMinutes(5));
        assertThat(status("PATCH", D + "r/", "{}")).as("too late").isEqualTo(401);
    }

    @Test
    void aRevokedTokenSpeaksForNobody() {
        assertThat(status("GET", D + "r/", null, ENROL)).isEqualTo(200);
        house.tokens.clear();

        assertThat(status("DELETE", D + "r/", null)).isEqualTo(401);
    }

    @Test
    void aWrongTokenIsNotMadeUpForByAnEarlierOne() {
        assertThat(status("GET", D + "r/", null, ENROL)).isEqualTo(200);

        assertThat(status("DELETE", D + "r/", null, "Authorization", "bearer wrong"))
                .isEqualTo(401);
    }
}
