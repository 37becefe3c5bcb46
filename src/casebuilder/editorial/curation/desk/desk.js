// A stub: the page's own scripts replace it. It shows the record, so that the way from end to end can be tried.
const data = document.querySelector("#desk-data");
const desk = data ? JSON.parse(data.textContent) : await (await fetch("api/desk")).json();
const feed = document.querySelector("[role=feed]");
for (const each of desk.contributions) {
  const article = document.createElement("article");
  article.id = `c-${each.id}`;
  article.tabIndex = 0;
  article.textContent = `${each.author}: ${each.text}`;
  feed.append(article);
}
document.querySelector("[role=status]").textContent = `${desk.contributions.length} contributions`;
