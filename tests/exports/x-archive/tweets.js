window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "edit_info" : { "initial" : { "editTweetIds" : [ "1776900000000000001" ], "isEditEligible" : true } },
      "full_text" : "Round 4 is open &amp; waits for you, @ole_md: https://t.co/abc https://t.co/pic",
      "id_str" : "1776900000000000001", "id" : "1776900000000000001",
      "created_at" : "Tue Apr 07 09:00:00 +0000 2026",
      "entities" : { "user_mentions" : [ { "name" : "Ole", "screen_name" : "ole_md", "id_str" : "22" } ], "urls" : [ { "url" : "https://t.co/abc", "expanded_url" : "https://example.org/cases/4/", "display_url" : "example.org/cases/4/" } ], "media" : [ { "url" : "https://t.co/pic", "expanded_url" : "https://twitter.com/series/status/1776900000000000001/photo/1", "type" : "photo" } ] },
      "extended_entities" : { "media" : [ { "url" : "https://t.co/pic", "type" : "photo", "ext_alt_text" : "A desk" } ] },
      "lang" : "en"
    }
  },
  {
    "tweet" : {
      "full_text" : "@series And the second question.",
      "id_str" : "1776900000000000002",
      "created_at" : "Tue Apr 07 09:05:00 +0000 2026",
      "in_reply_to_status_id_str" : "1776900000000000001", "in_reply_to_user_id_str" : "11", "in_reply_to_screen_name" : "series",
      "entities" : { "user_mentions" : [ { "screen_name" : "series", "id_str" : "11" } ], "urls" : [ ] }
    }
  },
  {
    "tweet" : {
      "full_text" : "RT @uma: We rang.",
      "id_str" : "1776900000000000003",
      "created_at" : "Tue Apr 07 09:06:00 +0000 2026",
      "entities" : { "user_mentions" : [ { "screen_name" : "uma", "id_str" : "33" } ], "urls" : [ ] }
    }
  }
]
