package io.tombolo.controller.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.merge.Merged;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServiceNewsTest {
    @Test
    void aPulseIsNoNewsOfServicesAndAChangeIsOne() {
        // Given
        var told = new AtomicInteger();
        var news = new ServiceNews();
        news.addListener(told::incrementAndGet);
        List<Merged> first = new ArrayList<>();
        // When, then
        news.are(first);
        assertThat(told).hasValue(1);
        news.are(first);
        assertThat(told).hasValue(1);
        news.are(new ArrayList<>());
        assertThat(told).hasValue(2);
    }
}
