// Drugs that a team writes again and again, by pinyin initials: four letters instead of a name. Names only: no dose is
// proposed by the hut. Our own choice from the classes of the primary-care guides; any other name can be written.

extension DrugName {
    /// Against high pressure first, then against high sugar, then what usually stands beside them.
    package static let common = [
        DrugName("氨氯地平", "aldp"), DrugName("左氨氯地平", "zaldp"), DrugName("硝苯地平控释片", "xbdpksp"),
        DrugName("非洛地平缓释片", "fldphsp"), DrugName("尼群地平", "nqdp"), DrugName("依那普利", "ynpl"),
        DrugName("卡托普利", "ktpl"), DrugName("贝那普利", "bnpl"), DrugName("缬沙坦", "xst"),
        DrugName("氯沙坦", "lst"), DrugName("厄贝沙坦", "ebst"), DrugName("替米沙坦", "tmst"),
        DrugName("坎地沙坦", "kdst"), DrugName("氢氯噻嗪", "qlsq"), DrugName("吲达帕胺", "ydpa"),
        DrugName("螺内酯", "lnz"), DrugName("美托洛尔", "mtle"), DrugName("比索洛尔", "bsle"),
        DrugName("二甲双胍", "ejsg"), DrugName("格列美脲", "glmn"), DrugName("格列齐特", "glqt"),
        DrugName("格列吡嗪", "glbq"), DrugName("瑞格列奈", "rgln"), DrugName("阿卡波糖", "akbt"),
        DrugName("伏格列波糖", "fglbt"), DrugName("吡格列酮", "bglt"), DrugName("西格列汀", "xglt"),
        DrugName("达格列净", "dglj"), DrugName("恩格列净", "eglj"), DrugName("阿托伐他汀", "atftt"),
        DrugName("瑞舒伐他汀", "rsftt"), DrugName("阿司匹林", "aspl"),
    ]
}
