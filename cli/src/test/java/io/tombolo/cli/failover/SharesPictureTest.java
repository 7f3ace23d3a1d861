package io.tombolo.cli.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SharesPictureTest {
    private static final String SERVICES = """
            [{"service": "shop/<a&b>", "shedBefore": 0, "shedAfter": 0.7, "clusters": [
                {"cluster": "east", "before": 1.0, "after": 0.0},
                {"cluster": "west", "before": 0.0, "after": 0.3}]}]
            """;

    @Test
    void barsAreAsLongAsSharesAndWhatIsRefusedIsBlack() throws Exception {
        NodeList bars = drawn().getElementsByTagName("rect");
        var lengths = IntStream.range(0, bars.getLength())
                .mapToObj(i -> (Element) bars.item(i))
                .map(bar -> bar.getAttribute("fill") + " " + bar.getAttribute("width"))
                .toList();
        assertThat(lengths).contains("#0072b2 600.0", "#e69f00 180.0", "#000000 420.0");
    }

    @Test
    void aNameCannotBreakThePicture() throws Exception {
        assertThat(drawn().getDocumentElement().getTextContent()).contains("shop/<a&b>", "refused");
    }

    private static Document drawn() throws Exception {
        String svg = SharesPicture.of(new ObjectMapper().readTree(SERVICES));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
