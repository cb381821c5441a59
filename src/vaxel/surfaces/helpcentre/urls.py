"""The addresses of the help centre. A language is a part of the address, so that each has pages of its own to find."""

from django.urls import URLPattern, path

from vaxel.surfaces.helpcentre import contacts, problems, views, wishes

app_name = "helpcentre"

urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("pictures/<str:digest>/<str:name>", views.picture, name="picture"),
    path("<str:language>/", views.home, name="home"),
    path("<str:language>/search/", views.search, name="search"),
    path("<str:language>/suggest/", views.suggest, name="suggest"),
    path("<str:language>/contacts/", contacts.contacts, name="contacts"),
    path("<str:language>/problems/", problems.problems, name="problems"),
    path("<str:language>/problems/<int:number>/", problems.problem, name="problem"),
    path("<str:language>/wishes/", wishes.wishes, name="wishes"),
    path("<str:language>/wishes/new/", wishes.new, name="wish_new"),
    path("<str:language>/wishes/<int:number>/", wishes.wish, name="wish"),
    path("<str:language>/wishes/<int:number>/vote/", wishes.vote, name="wish_vote"),
    path("<str:language>/<slug:slug>/", views.article, name="article"),
    path("<str:language>/<slug:slug>/verdict/", views.verdict, name="verdict"),
]
