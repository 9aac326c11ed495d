package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import org.junit.jupiter.api.Test;

/** V61, V64 and V65: what people see. */
class PageVectorsTest extends CosVectors {

    private static long rows(Answer page) {
        return page.text()
                .lines()
                .filter(it -> it.contains("<a href=\"../devices/"))
                .count();
    }

    @Test
    void v61DevicesAreListedTwentyAPage() {
        Answer none = get("/cos/devices/");
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.header("Content-Type")).isEqualTo(HTML);
        assertThat(none.text()).contains("No devices are available.");

        made(post(D, device("one", "10.0.0.1")));
        made(post(D, device("two", "10.0.0.2")));
        assertThat(get("/cos/devices/").text()).contains("2 devices", "one", "two", "href=\"/fleet/one\"");

        for (int i = 3; i <= 40; i++) {
            made(post(D, device("d" + i, "10.0.0.3")));
        }
        Answer forty = get("/cos/devices/");
        assertThat(forty.text()).contains("40 devices");
        assertThat(rows(forty)).isEqualTo(20);
        assertThat(rows(get("/cos/devices/?page=2"))).isEqualTo(20);
        assertThat(get("/cos/devices/?page=3").status()).isEqualTo(404);
    }

    @Test
    void v64WhoIsNotThereHasAPageAllTheSame() {
        Answer page = get("/cos/devices/future-robot");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).isEqualTo("device future-robot not found");
    }

    @Test
    void v65TheAdministrationAsksToSignIn() {
        Answer answer = get("/cos/admin/");

        assertThat(answer.status()).isEqualTo(302);
        Answer signIn = get(answer.header("Location"));
        assertThat(signIn.status()).isEqualTo(302);
        assertThat(get(signIn.header("Location")).status()).isEqualTo(200);
    }
}
