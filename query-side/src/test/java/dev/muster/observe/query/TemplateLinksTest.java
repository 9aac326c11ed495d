package dev.muster.observe.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.observe.ApplicationLinks.Link;
import dev.muster.observe.ApplicationLinks.Links;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateLinksTest {

    private static final URI HTTP = URI.create("http://127.0.0.1:8080");
    private static final LinkSettings COS = with("cos", LinkSettings.RECORDINGS);

    private final TestObserved observed = new TestObserved();

    private static LinkSettings with(String model, String recordings) {
        LinkSettings usual = LinkSettings.DEFAULTS;
        return new LinkSettings(
                model,
                model + "-cos-registration-server",
                usual.grafana(),
                usual.grafanaDashboard(),
                usual.foxglove(),
                usual.foxgloveLayout(),
                recordings);
    }

    private Links links(LinkSettings settings, String uid, String address, URI base) {
        DocumentRef dashboard = observed.dashboard("dashboard-1");
        DocumentRef layout =
                observed.published(DocumentKind.FOXGLOVE_LAYOUT, "layout-1", TestObserved.content("layout", false));
        observed.enrolled(
                "device",
                uid,
                address,
                Map.of(
                        DocumentKind.GRAFANA_DASHBOARD,
                        List.of(dashboard),
                        DocumentKind.FOXGLOVE_LAYOUT,
                        List.of(layout)));
        return new TemplateLinks(settings).of(observed.device("device"), base);
    }

    private String recordings(String template, String uid, String address) {
        observed.enrolled("device", uid, address, Map.of());
        return new TemplateLinks(with("cos", template))
                .of(observed.device("device"), URI.create("https://fleet:8443"))
                .recordings()
                .toString();
    }

    @Nested
    class AsACosDeploymentHasThem {

        @Test
        void v62TheLinksOfADevice() {
            Links links = links(COS, "hello-123", "192.168.0.23", HTTP);

            assertThat(links.grafana().main()).hasToString("http://127.0.0.1:8080/cos-grafana/dashboards/");
            assertThat(links.grafana().documents().getFirst().target())
                    .hasToString("http://127.0.0.1:8080/cos-grafana/d/dashboard-1/?var-Host=hello-123");
            String foxglove = "http://127.0.0.1:8080/cos-foxglove-studio/"
                    + "?ds=foxglove-websocket&ds.url=ws%3A%2F%2F192.168.0.23%3A8765";
            assertThat(links.foxglove().main()).hasToString(foxglove);
            assertThat(links.foxglove().documents().getFirst().target())
                    .hasToString(foxglove + "&layoutUrl=127.0.0.1%3A8080%2Fcos-cos-registration-server"
                            + "%2Fapi%2Fv1%2Fapplications%2Ffoxglove%2Fdashboards%2Flayout-1");
            assertThat(links.recordings()).hasToString("http://127.0.0.1:8080/cos-ros2bag-fileserver/hello-123/");
        }

        @Test
        void v63OverHttpsEverythingIsSecure() {
            Links links = links(COS, "hello-123", "192.168.0.23", URI.create("https://127.0.0.1:8080"));

            assertThat(links.grafana().main()).hasToString("https://127.0.0.1:8080/cos-grafana/dashboards/");
            assertThat(links.foxglove().main().toString()).endsWith("ds.url=wss%3A%2F%2F192.168.0.23%3A8765");
        }

        @Test
        void withoutAModelTheLinksSayNone() {
            assertThat(links(LinkSettings.DEFAULTS, "r", "10.0.0.1", HTTP)
                            .grafana()
                            .main())
                    .hasToString("http://127.0.0.1:8080/-grafana/dashboards/");
        }

        @Test
        void byDefaultLayoutsComeFromWhereTheWireIsMountedHere() {
            assertThat(links(LinkSettings.DEFAULTS, "r", "10.0.0.1", HTTP)
                            .foxglove()
                            .documents()
                            .getFirst()
                            .target()
                            .getRawQuery())
                    .endsWith("&layoutUrl=127.0.0.1%3A8080%2Fcos"
                            + "%2Fapi%2Fv1%2Fapplications%2Ffoxglove%2Fdashboards%2Flayout-1");
        }

        @Test
        void anAddressInAQueryHasNoBrackets() {
            assertThat(links(COS, "r", "2001:db8::1", HTTP).foxglove().main().getRawQuery())
                    .endsWith("ds.url=ws%3A%2F%2F2001%3Adb8%3A%3A1%3A8765");
        }

        @Test
        void blanksInAUidArePlusSignsInQueriesAndEncodedInPaths() {
            Links links = links(COS, "robot & \"one\"", "10.0.0.1", HTTP);

            assertThat(links.grafana().documents().getFirst().target().getRawQuery())
                    .isEqualTo("var-Host=robot+%26+%22one%22");
            assertThat(links.recordings())
                    .hasToString("http://127.0.0.1:8080/cos-ros2bag-fileserver/robot%20&%20%22one%22/");
        }

        @Test
        void eachDocumentHasItsLinkInTheOrderOfUse() {
            Links links = links(COS, "r", "10.0.0.1", HTTP);

            assertThat(links.grafana().documents())
                    .extracting(Link::document)
                    .extracting(Object::toString)
                    .containsExactly("dashboard-1");
        }
    }

    @Nested
    class Encoding {

        @ParameterizedTest
        @CsvSource({
            "https://files.example/{uid}/x,a b?c#d%,https://files.example/a%20b%3Fc%23d%25/x",
            "https://files.example/x?u={uid}&v=1,a&v=2 *~,https://files.example/x?u=a%26v%3D2+%2A~&v=1",
            "https://files.example/x#{uid},a#b c,https://files.example/x#a%23b%20c",
            "https://{uid}.fleet.example/,caf\u00e9,https://caf%C3%A9.fleet.example/",
            "foxglove://open?ds.url={ws}%3A%2F%2F{address}%3A8765,r,foxglove://open?ds.url=wss%3A%2F%2F10.0.0.1%3A8765",
            "http://{address}:8080/{model},r,http://10.0.0.1:8080/cos"
        })
        void whatIsPutInStaysInItsPartOfTheUrl(String template, String uid, String link) {
            assertThat(recordings(template, uid, "10.0.0.1")).isEqualTo(link);
        }

        @Test
        void anAddressInPlaceOfAHostGetsItsBrackets() {
            assertThat(recordings("http://{address}:8080/", "r", "2001:db8::1"))
                    .isEqualTo("http://[2001:db8::1]:8080/");
        }

        @Test
        void markupCannotLeaveALink() {
            assertThat(recordings("{scheme}://{host}/{uid}?u={uid}", "\" onclick='alert(1)' x=\"", "10.0.0.1"))
                    .doesNotContain("\"", " ");
        }

        @Test
        void aUserNameBeforeTheHostIsNoPartOfALink() {
            assertThat(links(COS, "r", "10.0.0.1", URI.create("http://bank.example@evil.example:80"))
                            .grafana()
                            .main())
                    .hasToString("http://evil.example:80/cos-grafana/dashboards/");
        }
    }

    @Nested
    class Templates {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "javascript://%0aalert(1)",
                    "data:text/html,x",
                    "//{host}/x",
                    "{host}/x",
                    "https://{host}/{nope}",
                    "https://{host}/{document}",
                    "https://{host}/{",
                    "https://{host}/}",
                    "https://{host}/{}",
                    "https://{host}/{{uid}}",
                    "https://{host}/a b",
                    "https:///{uid}",
                    "{ws}://{host}/",
                    ""
                })
        void oneThatCannotBecomeALinkIsRefusedAtTheStart(String template) {
            assertThatThrownBy(() -> new TemplateLinks(with("", template)))
                    .isInstanceOfSatisfying(Refused.class, refused -> {
                        assertThat(refused.refusal().code()).isEqualTo("observe.link-invalid");
                        assertThat(refused.refusal().message())
                                .startsWith("muster.observe.links.recordings: ")
                                .doesNotContain("\n");
                    });
        }

        @Test
        void theRefusalNamesWhatThereIs() {
            assertThatThrownBy(() -> new TemplateLinks(with("", "https://{hots}/")))
                    .hasMessage("muster.observe.links.recordings: there is no name {hots} here, "
                            + "but {address}, {cos}, {host}, {model}, {scheme}, {uid}, {ws}.");
        }
    }
}
