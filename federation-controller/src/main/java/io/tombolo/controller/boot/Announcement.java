package io.tombolo.controller.boot;

/** Tells users, scripts and other programs where this controller listens. */
final class Announcement {
    private Announcement() {}

    static void make(Rooms rooms) {
        Settings settings = rooms.settings();
        String port = System.getProperty("quarkus.http.ssl-port", "15080");
        String api = "https://" + settings.advertisedHost() + ":" + port;
        settings.contextFile()
                .ifPresent(file -> ContextFile.write(
                        file,
                        new ContextFile.Entry(
                                settings.cluster().cluster().value(),
                                api,
                                rooms.ca().pin().toString(),
                                rooms.accessTokens().operatorFile(),
                                settings.cluster().cluster().value())));
        rooms.state()
                .ready("{\"program\":\"controller\",\"pid\":"
                        + ProcessHandle.current().pid() + ",\"apiPort\":" + port + "}");
        System.out.println("controller ready cluster=" + settings.cluster().cluster() + " api=" + api);
        System.out.flush();
    }
}
