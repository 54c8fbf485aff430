import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Java's HTTP client offers h2c with its first request over plain HTTP. Prints the status and body of a query and of each URL. */
public class OfferH2c {
  public static void main(String[] urls) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    HttpRequest query = HttpRequest.newBuilder(URI.create(urls[0]))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"{ rooms { id } }\"}"))
        .build();
    print(client.send(query, HttpResponse.BodyHandlers.ofString()));
    for (int i = 1; i < urls.length; i++) {
      HttpClient other = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
      print(other.send(HttpRequest.newBuilder(URI.create(urls[i])).build(), HttpResponse.BodyHandlers.ofString()));
    }
  }

  private static void print(HttpResponse<String> response) {
    System.out.println(response.statusCode() + " " + response.body().strip().split("\n")[0]);
  }
}
